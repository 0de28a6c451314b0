import type { Dice } from '../dice.ts'
import { webRequest } from '../records/access-log.ts'
import { suricataAlert } from '../records/suricata.ts'
import { syslog } from '../records/syslog.ts'
import type { Message } from '../scenario.ts'
import { attacker, type Site, sites } from './network.ts'

const probes = [
  ['/.git/config', 'Mozilla/5.0 (Nikto/2.5.0)'],
  ['/.env', 'Mozilla/5.0 (Nikto/2.5.0)'],
  ['/wp-login.php', 'Mozilla/5.0 (Nikto/2.5.0)'],
  ['/backup.sql', 'gobuster/3.6'],
  ['/admin/', 'gobuster/3.6'],
  ['/tin-tuc?id=1%27%20or%20%271%27=%271', 'sqlmap/1.8'],
  ['/tin-tuc?id=1%20union%20select%201,2,3', 'sqlmap/1.8'],
  ['/tai-ve?tep=../../../../etc/passwd', 'Mozilla/5.0 (Nikto/2.5.0)'],
] as const

/** Scans of all three portals, with what the sensors on the line make of them. ATT&CK T1595. */
export function reconnaissance(start: number, dice: Dice): Message[] {
  return sites.flatMap((site, index) => scanOf(site, start + index * 0.7, dice))
}

function scanOf(site: Site, start: number, dice: Dice): Message[] {
  const { station, webServer } = site
  const client = attacker.scanner
  const requests = Array.from({ length: 24 }, (_, n): Message => {
    const [path, agent] = probes[n % probes.length] ?? probes[0]
    const bytes = dice.between(150, 160)
    return {
      at: start + n * 0.3,
      station,
      channel: 'syslog',
      write: (time) =>
        webRequest({ time, host: webServer.host, client, path, status: 404, bytes, agent }),
    }
  })
  const fromPort = dice.between(40_000, 60_000)
  const probe = `Did not receive identification string from ${client} port ${fromPort}`
  return [
    ...requests,
    {
      at: start + 1,
      station,
      channel: 'suricata',
      write: (time) =>
        suricataAlert({
          time,
          from: client,
          fromPort,
          to: webServer.address,
          toPort: 443,
          sid: 9_000_001,
          signature: 'SCAN Web vulnerability scanner against portal',
          category: 'Attempted Information Leak',
          severity: 2,
          technique: 'T1595.002',
        }),
    },
    {
      at: start + 2,
      station,
      channel: 'syslog',
      write: (time) =>
        syslog({ time, host: webServer.host, program: 'sshd', pid: fromPort, message: probe }),
    },
  ]
}
