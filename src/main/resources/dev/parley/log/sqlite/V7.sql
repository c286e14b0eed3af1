-- The entries of the room up to this number have no content.
alter table room add column erased integer not null default 0;

-- Of an author that was erased: a digest of the key that it had, for some days.
alter table author add column was text;

create index author_was on author (was) where was is not null;

-- What is erased in steps: everything of an author, or the contents of the room `place`.
create table erasure (
    id integer primary key,
    author integer references author,
    place integer not null,
    -- The entries of that room from this number on are done.
    seq integer not null,
    hints integer not null default 0,
    entries integer not null default 0,
    ended integer
) strict;
