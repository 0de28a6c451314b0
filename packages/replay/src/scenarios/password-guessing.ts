import type { Dice } from '../dice.ts'
import { suricataAlert } from '../records/suricata.ts'
import { syslog } from '../records/syslog.ts'
import type { Message } from '../scenario.ts'
import { attacker, ministry, province, type Site } from './network.ts'

const names = ['admin', 'test', 'oracle', 'quantri', 'backup', 'postgres']

/** SSH passwords are guessed at two sites; at the ministry one is found. ATT&CK T1110.001, T1078. */
export function passwordGuessing(start: number, dice: Dice): Message[] {
  const found = start + 10
  const port = dice.between(40_000, 60_000)
  return [
    ...guesses(ministry, start, dice),
    ...guesses(province, start + 1, dice),
    line(
      ministry,
      found,
      port,
      `Accepted password for webadmin from ${attacker.scanner} port ${port} ssh2`,
    ),
    line(
      ministry,
      found + 0.1,
      port,
      'pam_unix(sshd:session): session opened for user webadmin(uid=1004) by (uid=0)',
    ),
  ]
}

function guesses(site: Site, start: number, dice: Dice): Message[] {
  const attempts = Array.from({ length: 30 }, (_, n) => {
    const port = dice.between(40_000, 60_000)
    const from = `from ${attacker.scanner} port ${port}`
    const who = n % 3 === 0 ? 'root' : `invalid user ${dice.pick(names)}`
    return line(site, start + n * 0.3, port, `Failed password for ${who} ${from} ssh2`)
  })
  const port = dice.between(40_000, 60_000)
  const exceeded = `error: maximum authentication attempts exceeded for root from ${attacker.scanner} port ${port} ssh2 [preauth]`
  return [
    ...attempts,
    line(site, start + 5, port, exceeded),
    {
      at: start + 4,
      station: site.station,
      channel: 'suricata',
      write: (time) =>
        suricataAlert({
          time,
          from: attacker.scanner,
          fromPort: port,
          to: site.webServer.address,
          toPort: 22,
          sid: 9_000_002,
          signature: 'BRUTE-FORCE Many SSH connections from one address',
          category: 'Attempted Administrator Privilege Gain',
          severity: 2,
          technique: 'T1110',
        }),
    },
  ]
}

function line(site: Site, at: number, pid: number, message: string): Message {
  return {
    at,
    station: site.station,
    channel: 'syslog',
    write: (time) => syslog({ time, host: site.webServer.host, program: 'sshd', pid, message }),
  }
}
