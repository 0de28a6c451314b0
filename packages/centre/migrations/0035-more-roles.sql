-- Roles of those who look, examine and judge: none of them changes anything.
insert into role (id, name_vi, name_en, clearance, scope, permissions) values
  ('auditor', 'Kiểm toán viên', 'Auditor', 'red', 'node', '[
    "overview.read", "live.read", "organisation.read", "person.read", "station.read", "source.read", "rule.read",
    "system.read", "alert.read", "incident.read", "order.read", "setting.read", "audit.read"]'),
  ('lab-evaluator', 'Chuyên viên phòng đánh giá', 'Laboratory evaluator', 'amber+strict', 'organisation', '[
    "overview.read", "live.read", "organisation.read", "person.read", "station.read", "event.read", "rule.read",
    "system.read", "alert.read", "setting.read"]'),
  ('examiner', 'Giám khảo', 'Examiner', 'amber', 'organisation', '[
    "overview.read", "live.read", "organisation.read", "person.read", "setting.read"]'),
  ('reader', 'Người xem', 'Reader', 'amber', 'organisation', '[
    "overview.read", "live.read", "organisation.read", "person.read", "station.read", "system.read", "alert.read",
    "incident.read", "order.read", "setting.read"]');

-- The word of the procedures for who leads.
update role set name_en = 'Manager' where id = 'leader';
