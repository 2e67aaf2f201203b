//! The server through its front door: the real binary against a real origin, by the contract of DESIGN 5 alone.

mod crowd;
mod database;
mod demo;
mod disk;
mod faults;
mod health;
mod killed;
mod moving;
mod nodes;
mod operator;
mod pages;
mod poll;
mod probe;
mod push;
mod readers;
mod replay;
mod serve;
