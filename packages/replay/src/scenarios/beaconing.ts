import type { Dice } from '../dice.ts'
import { suricataAlert } from '../records/suricata.ts'
import { type ZeekFlow, zeekConnection, zeekDns, zeekHttp, zeekTls } from '../records/zeek.ts'
import type { Message } from '../scenario.ts'
import { attacker, isp, ministry, province, type Site } from './network.ts'

const powershell = 'Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.1'
/** Seconds between two reports of a machine, before and after the story. */
const interval = 4
const laterInterval = 45

/** Taken machines report to the control server at regular intervals. ATT&CK T1071.001, T1071.004, T1573. */
export function beaconing(start: number, dice: Dice): Message[] {
  const rounds = [0, 1, 2, 3, 4, 5]
  return [
    ...rounds.flatMap((round) => report(ministry, start + round * interval, dice)),
    ...rounds.slice(0, 3).flatMap((round) => report(province, start + 6 + round * interval, dice)),
    ...rounds.slice(0, 4).flatMap((round) => report(isp, start + 3 + round * interval, dice)),
    download(ministry, start - 1, dice),
    sensorAlert(ministry, start + 2, dice),
    sensorAlert(isp, start + 5, dice),
    tunnel(isp, start + 7, dice),
  ]
}

/** The same reports, without end and rarer. */
export function* beaconsFrom(start: number, dice: Dice): Generator<Message> {
  for (let at = start; ; at += laterInterval)
    for (const site of [ministry, isp]) yield* report(site, at, dice)
}

function flowOf(site: Site, dice: Dice): (time: number, to: string, toPort: number) => ZeekFlow {
  const from = site.workstations[0]?.address ?? site.webServer.address
  const [uid, fromPort] = [`C${dice.word(17)}`, dice.between(30_000, 60_000)]
  return (time, to, toPort) => ({ time, uid, from, fromPort, to, toPort })
}

function report(site: Site, at: number, dice: Dice): Message[] {
  const flow = flowOf(site, dice)
  const { control, controlName } = attacker
  const write: ((time: number) => string)[] = [
    (time) => zeekDns(flow(time, '192.0.2.53', 53), controlName, 'A', [control]),
    (time) => zeekTls(flow(time, control, 4_443), controlName, 'self signed certificate'),
    (time) => zeekConnection(flow(time, control, 4_443), 412, 188),
  ]
  return write.map((line, n) => ({
    at: at + n * 0.05,
    station: site.station,
    channel: 'zeek',
    write: line,
  }))
}

function download(site: Site, at: number, dice: Dice): Message {
  const flow = flowOf(site, dice)
  const request = { host: attacker.control, path: '/cap-nhat.ps1', agent: powershell }
  return {
    at,
    station: site.station,
    channel: 'zeek',
    write: (time) => zeekHttp(flow(time, attacker.control, 80), request),
  }
}

/** Data leaves inside a DNS name. */
function tunnel(site: Site, at: number, dice: Dice): Message {
  const flow = flowOf(site, dice)
  const name = `${dice.word(56).toLowerCase()}.${attacker.controlName}`
  return {
    at,
    station: site.station,
    channel: 'zeek',
    write: (time) => zeekDns(flow(time, '192.0.2.53', 53), name, 'TXT', []),
  }
}

function sensorAlert(site: Site, at: number, dice: Dice): Message {
  const from = site.workstations[0]?.address ?? site.webServer.address
  const fromPort = dice.between(30_000, 60_000)
  return {
    at,
    station: site.station,
    channel: 'suricata',
    write: (time) =>
      suricataAlert({
        time,
        from,
        fromPort,
        to: attacker.control,
        toPort: 4_443,
        sid: 9_000_004,
        signature: 'MALWARE Regular reports to known control server',
        category: 'Malware Command and Control Activity Detected',
        severity: 1,
        technique: 'T1071.001',
      }),
  }
}
