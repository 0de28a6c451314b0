update role set permissions = permissions || '["reading.read"]'
  where id in ('administrator', 'coordinator', 'leader', 'auditor', 'focal-point');
