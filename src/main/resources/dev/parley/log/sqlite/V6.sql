-- The direct rooms of each user in which another one has written, with the newest entry that is not the user's own, and its time.
create table direct (
    author integer not null references author,
    room integer not null references room,
    seq integer not null,
    at integer not null,
    primary key (author, room)
) strict, without rowid;

create index direct_newest on direct (author, at);
