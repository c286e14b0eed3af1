-- The names that no guest gets, each with the first user or bean that had it.
create table reserved_name (
    name text primary key,
    author integer not null references author
) strict, without rowid;

-- Who used which name last. This reads all entries once; rows of deleted entries have no name.
create temp table used_name as
    select entry.sender as name, entry.author, author.key like 'guest:%' as guest, max(entry.at) as last_used
    from entry join author on author.id = entry.author
    where entry.sender <> ''
    group by entry.sender, entry.author;

create index temp.used_name_by_name on used_name (name);

insert into reserved_name (name, author)
    select name, min(author) from used_name where not guest group by name;

-- Marks belonged to names. A mark passes to the user that used its name last. A user that is no guest comes before all guests.
-- A mark whose name nobody used is dropped: it is not known whose it is.
create table mark_of_author (
    room integer not null references room,
    author integer not null references author,
    seq integer not null,
    primary key (room, author)
) strict, without rowid;

insert into mark_of_author (room, author, seq)
    select room, author, max(seq) from (
        select mark.room, mark.seq, (
            select used_name.author from used_name where used_name.name = mark.user_name
            order by used_name.guest, used_name.last_used desc limit 1) as author
        from mark)
    where author is not null
    group by room, author;

drop table mark;

alter table mark_of_author rename to mark;

drop table temp.used_name;
