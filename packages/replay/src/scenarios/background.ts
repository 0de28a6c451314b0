import { Dice } from '../dice.ts'
import { webRequest } from '../records/access-log.ts'
import { suricataFlow } from '../records/suricata.ts'
import { syslog } from '../records/syslog.ts'
import { windowsLogon, windowsProcess } from '../records/windows.ts'
import { zeekConnection, zeekDns } from '../records/zeek.ts'
import type { Message } from '../scenario.ts'
import { type Site, sites } from './network.ts'

const pages = [
  '/',
  '/tin-tuc',
  '/van-ban',
  '/lien-he',
  '/dich-vu/ho-so',
  '/css/trang.css',
  '/anh/bia.jpg',
]
const services = ['thu-dien-tu.example', 'van-ban-dieu-hanh.example', 'kho-phan-mem.example']
/** Messages a second, all stations together. */
const rate = 6

/** Ordinary work without end: people read pages, sign in, start programs. Nothing in it is an attack. */
export function* ordinaryTraffic(seed: number): Generator<Message> {
  const dice = new Dice(seed ^ 0x0b5e55ed)
  for (let at = 0; ; at += (0.5 + dice.next()) / rate) {
    const site = dice.pick(sites)
    yield dice.pick(kinds)(site, dice, at)
  }
}

type Kind = (site: Site, dice: Dice, at: number) => Message

const visitors = (dice: Dice) => `198.51.100.${dice.between(100, 240)}`

const visit: Kind = ({ station, webServer }, dice, at) => {
  const [client, path] = [visitors(dice), dice.pick(pages)]
  const bytes = dice.between(800, 40_000)
  return {
    at,
    station,
    channel: 'syslog',
    write: (time) => webRequest({ time, host: webServer.host, client, path, bytes }),
  }
}

const keySignIn: Kind = ({ station, webServer, workstations }, dice, at) => {
  const from = dice.pick(workstations).address
  const port = dice.between(40_000, 60_000)
  const message = `Accepted publickey for vanhanh from ${from} port ${port} ssh2: ED25519 SHA256:${dice.word(43)}`
  return {
    at,
    station,
    channel: 'syslog',
    write: (time) => syslog({ time, host: webServer.host, program: 'sshd', pid: port, message }),
  }
}

const flow: Kind = ({ station, webServer }, dice, at) => {
  const [from, fromPort] = [visitors(dice), dice.between(30_000, 60_000)]
  const bytes = dice.between(2_000, 90_000)
  const to = webServer.address
  return {
    at,
    station,
    channel: 'suricata',
    write: (time) => suricataFlow({ time, from, fromPort, to, toPort: 443 }, bytes),
  }
}

const lookup: Kind = ({ station, workstations }, dice, at) => {
  const from = dice.pick(workstations).address
  const [uid, fromPort] = [`C${dice.word(17)}`, dice.between(30_000, 60_000)]
  const name = dice.pick(services)
  return {
    at,
    station,
    channel: 'zeek',
    write: (time) =>
      zeekDns({ time, uid, from, fromPort, to: '192.0.2.53', toPort: 53 }, name, 'A', [
        '198.51.100.8',
      ]),
  }
}

const connection: Kind = ({ station, workstations }, dice, at) => {
  const from = dice.pick(workstations).address
  const [uid, fromPort] = [`C${dice.word(17)}`, dice.between(30_000, 60_000)]
  const [sent, received] = [dice.between(300, 4_000), dice.between(800, 60_000)]
  return {
    at,
    station,
    channel: 'zeek',
    write: (time) =>
      zeekConnection(
        { time, uid, from, fromPort, to: '198.51.100.8', toPort: 443 },
        sent,
        received,
      ),
  }
}

const programs = [
  ['C:\\Program Files\\Office\\WINWORD.EXE', 'WINWORD.EXE C:\\TaiLieu\\bao-cao.docx'],
  ['C:\\Windows\\System32\\notepad.exe', 'notepad.exe C:\\TaiLieu\\ghi-chu.txt'],
  ['C:\\Program Files\\Firefox\\firefox.exe', 'firefox.exe'],
] as const

const program: Kind = ({ station, workstations }, dice, at) => {
  const { host: computer, user } = dice.pick(workstations)
  const [image, commandLine] = dice.pick(programs)
  const pid = dice.between(1_000, 9_000)
  return {
    at,
    station,
    channel: 'windows',
    write: (time) => windowsProcess({ time, computer, user, image, commandLine, pid }),
  }
}

const logon: Kind = ({ station, workstations }, dice, at) => {
  const { host, address, user } = dice.pick(workstations)
  return {
    at,
    station,
    channel: 'windows',
    write: (time) => windowsLogon(time, host, user.slice(user.indexOf('\\') + 1), address),
  }
}

const kinds: readonly Kind[] = [
  visit,
  visit,
  visit,
  visit,
  visit,
  keySignIn,
  flow,
  flow,
  lookup,
  lookup,
  connection,
  program,
  logon,
]
