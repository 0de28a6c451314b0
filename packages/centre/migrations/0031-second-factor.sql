-- Second factors, passkeys and the rules of sessions. Only the node itself reads this schema.

-- One row: which roles need a second factor, how long a session lasts. No row: as the program says.
create table auth.access_policy (
  id smallint primary key default 1 check (id = 1),
  factor_roles jsonb not null,
  idle_minutes integer not null,
  absolute_hours integer not null
);

alter table auth.session add column factor text not null default 'password';
alter table auth.session add column last_used_at timestamptz not null default now();

-- An authenticator of RFC 6238. It counts once a code has confirmed it; a step of time opens once.
create table auth.totp (
  person_id text primary key references auth."user" (id) on delete cascade,
  sealed_secret text not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0
);

create table auth.recovery_code (
  person_id text not null references auth."user" (id) on delete cascade,
  code_hash text not null,
  primary key (person_id, code_hash)
);

create table auth.passkey (
  id text primary key,
  person_id text not null references auth."user" (id) on delete cascade,
  credential_id text not null unique,
  public_key text not null,
  counter bigint not null,
  transports jsonb not null,
  rp_id text not null,
  name text not null,
  synced boolean not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_of_person on auth.passkey (person_id);

-- Challenges are signed, not stored; only one that was answered well is kept until it expires.
create table auth.spent_challenge (
  challenge text primary key,
  expires_at timestamptz not null
);

grant select, insert, update, delete on all tables in schema auth to haidang_app;

do $$
declare name text;
begin
  foreach name in array array['access_policy', 'totp', 'recovery_code', 'passkey', 'spent_challenge'] loop
    execute format('alter table auth.%I enable row level security', name);
    execute format('alter table auth.%I force row level security', name);
    execute format(
      'create policy %I on auth.%I using (haidang_sees(null, 0)) with check (haidang_sees(null, 0))',
      name || '_of_node', name);
  end loop;
end $$;
