-- Who is addressed is looked for among thousands of ladders: the settings are read once a statement.
drop policy coordination_order_scope on coordination_order;
create policy coordination_order_scope on coordination_order
  using (
    haidang_sees(organisation_id, tlp_rank)
    or exists (
      select from order_addressee a
      where a.order_id = coordination_order.id
        and (a.tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int)
          and ((select current_setting('haidang.organisations', true) = '*')
            or a.organisation_id = any (
              (select string_to_array(current_setting('haidang.organisations', true), ','))::text[])))))
  with check (
    haidang_sees(organisation_id, tlp_rank)
    or exists (
      select from order_addressee a
      where a.order_id = coordination_order.id and (haidang_sees(a.organisation_id, a.tlp_rank))));
