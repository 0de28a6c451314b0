-- Credentials and sessions, as better-auth keeps them, apart from who people are (table person):
-- only the node itself reads this schema.
create schema auth;
grant usage on schema auth to haidang_app;

create table auth."user" (
  id text primary key references public.person (id) on delete cascade,
  name text not null,
  email text not null unique,
  email_verified boolean not null,
  image text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table auth.session (
  id text primary key,
  user_id text not null references auth."user" (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index session_of_user on auth.session (user_id);
create index session_expiry on auth.session (expires_at);

create table auth.account (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references auth."user" (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (provider_id, account_id)
);
create index account_of_user on auth.account (user_id);

create table auth.verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index verification_of_identifier on auth.verification (identifier);

-- Failed sign-ins by account and by address; a row is forgotten when it is old.
create table auth.sign_in_failure (
  subject text primary key,
  failures integer not null,
  last_at timestamptz not null,
  locked_until timestamptz
);
create index sign_in_failure_last on auth.sign_in_failure (last_at);

grant select, insert, update, delete on all tables in schema auth to haidang_app;

do $$
declare name text;
begin
  foreach name in array array['user', 'session', 'account', 'verification', 'sign_in_failure'] loop
    execute format('alter table auth.%I enable row level security', name);
    execute format('alter table auth.%I force row level security', name);
    execute format(
      'create policy %I on auth.%I using (haidang_sees(null, 0)) with check (haidang_sees(null, 0))',
      name || '_of_node', name);
  end loop;
end $$;
