-- What answers a mail that was filed as a report goes to that report, found by the Message-ID it names.
create index received_mail_thread on received_mail (message_id)
  where message_id <> '' and object_id <> '';
