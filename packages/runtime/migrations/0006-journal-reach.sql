-- Where a span of time begins and ends is answered from the index alone, the policy's columns being in it.
drop index journal_time;
create index journal_time on journal (time, seq) include (tlp_rank, organisation_id);

-- Free text by trigrams, where the server has them; without, it is read through as before.
do $$ begin
  if exists (select from pg_available_extensions where name = 'pg_trgm') then
    create extension if not exists pg_trgm;
    create index journal_folded on journal using gin (folded gin_trgm_ops);
  end if;
exception when insufficient_privilege then
  raise notice 'pg_trgm could not be created: free text in the journal is read through';
end $$;

-- Positions of up to `most` entries whose folded text contains every one of `wanted`; null where so many of the
-- newest do that walking finds them sooner. `like` is not leakproof, so below a policy no index serves it: this
-- asks beside the policy, and therefore answers nobody but who sees every entry.
create function journal_containing(wanted text[], most int) returns bigint[]
language plpgsql stable security definer
set search_path = public, pg_temp
set enable_seqscan = off
as $$
declare
  condition text;
  newest int;
  found bigint[];
begin
  if current_setting('haidang.organisations', true) is distinct from '*'
    or coalesce(nullif(current_setting('haidang.tlp', true), '')::int, -1) < 4 then
    raise exception 'for whoever sees the whole journal' using errcode = 'insufficient_privilege';
  end if;
  -- As literals, so that each search is planned for its own words.
  select string_agg(
    format('folded like %L', '%' || regexp_replace(word, '([\\%_])', '\\\1', 'g') || '%'), ' and ')
    into condition from unnest(wanted) word;
  execute format(
    'select count(*) from (select from journal
     where seq > (select max(seq) from journal) - 10000 and %s limit 200) recent', condition) into newest;
  if newest = 200 then return null; end if;
  execute format('select array(select seq from journal where %s limit %s)', condition, most) into found;
  return found;
end $$;
revoke execute on function journal_containing(text[], int) from public;
grant execute on function journal_containing(text[], int) to haidang_app;
