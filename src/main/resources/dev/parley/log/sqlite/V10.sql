-- How far the durable observers of an application have got in each room. Without a row here they have got nothing of a room.
create table observer (
    id integer primary key,
    name text not null unique
) strict;

create table observer_position (
    observer integer not null references observer,
    room integer not null references room,
    seq integer not null,
    primary key (observer, room)
) strict, without rowid;
