import type { Dice } from '../dice.ts'
import { type WebRequest, webRequest } from '../records/access-log.ts'
import { suricataAlert } from '../records/suricata.ts'
import { syslog } from '../records/syslog.ts'
import { windowsProcess } from '../records/windows.ts'
import type { Message } from '../scenario.ts'
import { attacker, ministry } from './network.ts'

const shell = '/uploads/2026/anh-bia.php'
const tool = 'python-requests/2.32'
/** `IEX (New-Object Net.WebClient)` and no more: harmless. */
const encoded = 'SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQAIABOAGUAdAAuAFcAZQBiAEMAbABpAGUAbgB0ACkA'

/** A web shell is left at the ministry, root taken, and a workstation reached. ATT&CK T1505.003, T1548.003, T1059.001. */
export function webShell(start: number, dice: Dice): Message[] {
  const port = dice.between(40_000, 60_000)
  return [
    request(start, { method: 'POST', path: '/tai-len', bytes: 312 }),
    request(start + 0.5, { path: shell, bytes: 31 }),
    request(start + 1, { path: `${shell}?cmd=whoami`, bytes: 42 }),
    request(start + 1.5, { path: `${shell}?cmd=id`, bytes: 63 }),
    request(start + 2, { path: `${shell}?cmd=cat%20/etc/passwd`, bytes: 1_904 }),
    request(start + 2.6, { method: 'POST', path: shell, bytes: 2_200 }),
    {
      at: start + 1.2,
      station: ministry.station,
      channel: 'suricata',
      write: (time) =>
        suricataAlert({
          time,
          from: attacker.scanner,
          fromPort: port,
          to: ministry.webServer.address,
          toPort: 443,
          sid: 9_000_003,
          signature: 'WEB-SERVER Command in request to script of upload folder',
          category: 'Web Application Attack',
          severity: 1,
          technique: 'T1505.003',
        }),
    },
    sudo(start + 4, '/bin/cat /etc/shadow'),
    sudo(start + 5, '/bin/bash'),
    sudo(start + 6, '/usr/sbin/useradd -m -G sudo dichvu'),
    process(start + 7, dice, 'System32\\whoami.exe', 'whoami /priv'),
    process(start + 8, dice, 'System32\\net.exe', 'net group "Domain Admins" /domain'),
    process(
      start + 9,
      dice,
      'System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      `powershell.exe -nop -w hidden -enc ${encoded}`,
    ),
  ]
}

function request(at: number, what: Pick<WebRequest, 'path' | 'method' | 'bytes'>): Message {
  const { host } = ministry.webServer
  return {
    at,
    station: ministry.station,
    channel: 'syslog',
    write: (time) => webRequest({ time, host, client: attacker.scanner, agent: tool, ...what }),
  }
}

function sudo(at: number, command: string): Message {
  const message = `webadmin : TTY=pts/0 ; PWD=/var/www ; USER=root ; COMMAND=${command}`
  return {
    at,
    station: ministry.station,
    channel: 'syslog',
    write: (time) => syslog({ time, host: ministry.webServer.host, program: 'sudo', message }),
  }
}

function process(at: number, dice: Dice, image: string, commandLine: string): Message {
  const { host: computer, user } = dice.pick(ministry.workstations.slice(0, 1))
  const pid = dice.between(1_000, 9_000)
  return {
    at,
    station: ministry.station,
    channel: 'windows',
    write: (time) =>
      windowsProcess({ time, computer, user, image: `C:\\Windows\\${image}`, commandLine, pid }),
  }
}
