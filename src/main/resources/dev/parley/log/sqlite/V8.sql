-- Who gave a role to a user, under which name, and when, in milliseconds. Empty for the user who made the room.
alter table standing add column inviter text;
alter table standing add column inviter_name text;
alter table standing add column given integer;
-- The read mark that the user had then.
alter table standing add column read_to integer;

create index standing_role on standing (caller, given) where role is not null;
create index standing_inviter on standing (inviter) where inviter is not null;

-- The user who made the room. Empty if the application made it, or nobody.
alter table room_setting add column maker text;

create index room_setting_maker on room_setting (maker) where maker is not null;

-- The role that a user got.
alter table audit add column role text;
