-- Who gave a role to a user, under which name, and when, in milliseconds. Empty for the user who made the room.
alter table standing add column inviter text;
alter table standing add column inviter_name text;
alter table standing add column given integer;

create index standing_role on standing (caller, given) where role is not null;

-- The role that a user got.
alter table audit add column role text;
