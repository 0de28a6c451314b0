interface MailPlace {
  readonly directory: string
  readonly domain: string
  readonly smtpPort: number
  readonly imapPort: number
  readonly user: string
  readonly group: string
  readonly password: string
}

/** Takes mail from whoever signs in over TLS, puts it into Maildirs, and bounces what nobody's mailbox is. */
export function eximConfiguration({
  directory,
  domain,
  smtpPort,
  password,
  group,
}: MailPlace): string {
  return `primary_hostname = mx.${domain}
domainlist local_domains = ${domain}
daemon_smtp_ports = ${smtpPort}
local_interfaces = 127.0.0.1
spool_directory = ${directory}/spool
log_file_path = ${directory}/exim-%s.log
log_selector = +smtp_protocol_error
pid_file_path = ${directory}/run/exim.pid
tls_advertise_hosts = *
tls_certificate = ${directory}/chain.pem
tls_privatekey = ${directory}/key.pem
auth_advertise_hosts = \${if eq{$tls_in_cipher}{}{}{*}}
deliver_drop_privilege = true
never_users =
admin_groups = ${group}
host_lookup =
rfc1413_hosts =
timezone = UTC
keep_environment =
add_environment = PATH=/usr/bin
acl_smtp_rcpt = acl_rcpt
acl_smtp_data = accept

begin acl
acl_rcpt:
  deny !authenticated = *
       message = authentication required
  accept

begin routers
mailboxes:
  driver = accept
  domains = +local_domains
  local_parts = lsearch;${directory}/names
  local_part_suffix = +*
  local_part_suffix_optional
  transport = maildir
nobody:
  driver = redirect
  allow_fail
  data = :fail: 550 5.1.1 no such mailbox here

begin transports
maildir:
  driver = appendfile
  directory = ${directory}/mail/$local_part_data
  maildir_format
  delivery_date_add
  envelope_to_add
  return_path_add

begin retry
* * F,1m,5s

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if eq{$auth3}{${password}}}
  server_set_id = $auth2
`
}

/** Lets every mailbox be read over TLS. */
export function doveConfiguration({ directory, imapPort, user, group }: MailPlace): string {
  return `protocols = imap
listen = 127.0.0.1
base_dir = ${directory}/run/dovecot
state_dir = ${directory}/state
log_path = ${directory}/dovecot.log
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
ssl = required
ssl_cert = <${directory}/chain.pem
ssl_key = <${directory}/key.pem
ssl_dh =
first_valid_uid = 1
mail_location = maildir:${directory}/mail/%n
passdb {
  driver = passwd-file
  args = ${directory}/users
}
userdb {
  driver = static
  args = uid=${user} gid=${group} home=${directory}/mail/%n
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${imapPort}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
`
}
