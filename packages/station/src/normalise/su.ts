import type { SyslogFields } from '../parse/syslog-header.ts'
import {
  type Daemon,
  type Groups,
  type MessageAbout,
  normaliseDaemon,
  userNamed,
} from './daemon-message.ts'
import { present, type Read } from './draft.ts'
import { pamKinds } from './pam.ts'

/** Change of user: util-linux (`(to root) lan on pts/0`), shadow (`Successful su for root by lan`, `+ /dev/pts/0 lan:root`). */
const su: Daemon = {
  product: 'su',
  kinds: [
    {
      pattern:
        /^(?<failed>FAILED SU )?\(to (?<user>[^)]{1,256})\) (?<actor>[^ ]{0,256}) on (?<tty>[^ ]{1,64})$/,
      about: changed,
    },
    {
      pattern:
        /^(?:Successful|(?<failed>FAILED)) su for (?<user>[^ ]{1,256}) by (?<actor>[^ ]{1,256})$/,
      about: changed,
    },
    {
      pattern:
        /^(?:\+|(?<failed>-)) (?<tty>[^ ]{1,64}) (?<actor>[^: ]{1,256}):(?<user>[^: ]{1,256})$/,
      about: changed,
    },
    ...pamKinds,
  ],
}

function changed({ failed, user, actor, tty }: Groups): MessageAbout {
  return {
    class: 'authentication',
    activity: 1,
    severity: failed ? 3 : 1,
    status: failed ? 'failure' : 'success',
    user: userNamed(user),
    actor: present({ user: userNamed(actor) }),
    logon_type: 'su',
    unmapped: tty === undefined ? {} : { tty },
  }
}

/** Messages of su (su(1) of util-linux and of shadow): Authentication (OCSF 3002). */
export function normaliseSu(fields: SyslogFields): Read {
  return normaliseDaemon(fields, su)
}
