//! The rules, run over this repository.

use crate::repo::{Finding, Repo};
use crate::{absences, catalogue, dependencies, files, licences, papers, settings, sizes, sources_page};

/// Fails with every finding, not with the first.
#[track_caller]
fn hold(rule: fn(&Repo) -> Vec<Finding>) {
    let findings = rule(&Repo::read());
    let list: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "{} to mend:\n{}\n", list.len(), list.join("\n"));
}

#[test]
fn each_crate_uses_only_what_its_floor_may() {
    hold(dependencies::check);
}

#[test]
fn versions_stand_in_one_place() {
    hold(dependencies::versions_stand_once);
}

#[test]
fn clock_sql_http_and_io_stay_in_their_rooms() {
    hold(absences::fences);
}

#[test]
fn nothing_is_left_undone_or_switched_off() {
    hold(absences::leftovers);
}

#[test]
fn each_source_file_says_what_it_is() {
    hold(files::open_with_their_purpose);
}

#[test]
fn no_source_file_grows_past_the_ceiling() {
    hold(files::stay_readable);
}

#[test]
fn no_large_file_is_in_git() {
    hold(files::stay_small);
}

#[test]
fn the_map_names_what_is_there() {
    hold(papers::paths_exist);
}

#[test]
fn the_papers_stay_short() {
    hold(papers::stay_short);
}

#[test]
fn each_source_is_described_once_and_whole() {
    hold(catalogue::check);
}

#[test]
fn the_page_of_sources_is_what_the_catalogue_says() {
    hold(sources_page::check);
}

#[test]
fn each_setting_is_in_the_operators_page() {
    hold(settings::check);
}

#[test]
fn the_widget_stays_within_its_budget() {
    hold(sizes::check);
}

#[test]
fn each_file_has_a_licence_and_each_licence_its_text() {
    hold(licences::check);
}
