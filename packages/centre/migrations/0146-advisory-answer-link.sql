-- Advisories are answered by the link in a mail, too: a link is about an order or an advisory.
alter table answer_link drop constraint answer_link_order_id_fkey;
alter table answer_link rename column order_id to subject;

alter table advisory_entry
  -- Of an answer by such a link: which, whose, sent where, from where it came.
  add column proof jsonb;
