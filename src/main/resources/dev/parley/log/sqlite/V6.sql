-- The direct rooms of each user, with the time of the newest entry. A direct room is in it twice, from its first entry on.
create table direct (
    author integer not null references author,
    room integer not null references room,
    at integer not null,
    primary key (author, room)
) strict, without rowid;

create index direct_newest on direct (author, at);
