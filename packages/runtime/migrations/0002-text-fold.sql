-- Text without tone and letter marks, lower case: the counterpart of foldVietnamese() for columns that
-- are not kept folded. Blocks of combining marks: general, extended, supplement, symbols, half marks.
create function haidang_fold(text_value text) returns text
language sql immutable strict parallel safe
as $$
  select lower(regexp_replace(
    translate(normalize(text_value, NFD), 'đĐ', 'dd'),
    '[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]', '', 'g'
  ))
$$;
