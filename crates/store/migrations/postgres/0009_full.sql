-- Nobody joins a matter that has a hundred items, so nobody looks for its items: they have no marks.

delete from mark where seq in
    (select seq from telling where matter in (select matter from telling group by matter having count(*) >= 100));
update telling set marks = '[]'
    where matter in (select matter from telling group by matter having count(*) >= 100);
