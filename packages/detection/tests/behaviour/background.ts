import { Chance } from './chance.ts'
import { flow, handshake, logon, lookup, request, type Timed } from './records.ts'

const second = 1_000
const hour = 3_600 * second

export interface Office {
  readonly start: number
  readonly hours: number
  readonly hosts: number
  readonly seed: number
  /** How many sites there are to read; the more, the fewer hosts each of them has. */
  readonly sites?: number
}

const words =
  'bao tin tuc van phong nha sach cong ty thoi tiet hoc duong ngan hang giao thong the thao du lich am nhac suc khoe market cloud photo travel sport health music school paper garden kitchen music river'.split(
    ' ',
  )

interface Site {
  readonly name: string
  readonly address: string
}

function sitesOf(chance: Chance, length: number): Site[] {
  return Array.from({ length }, (_, i) => ({
    name: `www.${chance.pick(words)}${chance.pick(words)}${i % 3 === 0 ? chance.pick(words) : ''}.${chance.pick(['vn', 'com', 'com.vn', 'net', 'org'])}`,
    address: `203.0.113.${(i % 250) + 1}`,
  }))
}

export function addressOfHost(i: number): string {
  return `10.20.${1 + Math.floor(i / 200)}.${10 + (i % 200)}`
}

/** Share of full work at an hour of the day (UTC; the office is in Việt Nam). */
function busy(at: number): number {
  const local = (Math.floor(at / hour) + 7) % 24
  if (local >= 8 && local < 18) return local === 12 ? 0.4 : 1
  return local >= 6 && local < 22 ? 0.15 : 0.02
}

/**
 * An office at ordinary work, in order of time: people read, machines poll what all machines of the office poll,
 * files and mail come from a few servers, passwords are mistyped, names are mistyped. Nothing in it is an attack.
 */
export function officeWork(office: Office): Timed[] {
  const chance = new Chance(office.seed)
  const sites = sitesOf(chance, office.sites ?? 250)
  const all: Timed[] = []
  for (let i = 0; i < office.hosts; i++) {
    const from = addressOfHost(i)
    people(all, office, from, sites, chance)
    machines(all, office, from, chance)
    servers(all, office, from, `can-bo-${i}`, chance)
  }
  return all.sort((a, b) => a.at - b.at)
}

/** Reading: pages in bursts, bursts far apart; each page asks the resolver first. */
function people(all: Timed[], office: Office, from: string, sites: Site[], chance: Chance): void {
  const end = office.start + office.hours * hour
  const favourites = Array.from({ length: 12 }, () => chance.pick(sites))
  for (let at = office.start; at < end; ) {
    at += chance.wait((420 * second) / busy(at))
    if (at >= end) return
    const pages = 1 + Math.floor(chance.wait(4))
    const site = chance.next() < 0.8 ? chance.pick(favourites) : chance.pick(sites)
    let moment = at
    for (let page = 0; page < pages && moment < end; page++) {
      visit(all, moment, from, site, chance)
      moment += chance.wait(35 * second)
    }
    at = moment
    if (chance.next() < 0.03)
      all.push(lookup(at, from, `${chance.pick(words)}${chance.pick(words)}z.com`, 'NXDOMAIN'))
  }
}

function visit(all: Timed[], at: number, from: string, site: Site, chance: Chance): void {
  const sent = chance.between(300, 6_000)
  all.push(lookup(at, from, site.name))
  if (chance.next() < 0.25) {
    all.push(request(at + 40, from, site.address, `http://${site.name}/${chance.word(5)}`, sent))
  } else {
    all.push(handshake(at + 40, from, site.address, site.name))
  }
  const back = chance.between(2_000, 400_000)
  all.push(flow(at + 30, { from, to: site.address, port: 443, sent, back }))
}

/** Polling that every machine does: time, updates, mail, telemetry. */
function machines(all: Timed[], office: Office, from: string, chance: Chance): void {
  const polls = [
    { to: '198.51.100.10', port: 123, name: undefined, every: 1_024, jitter: 0.02 },
    {
      to: '198.51.100.20',
      port: 443,
      name: 'cap-nhat.he-dieu-hanh.example',
      every: 4 * 3_600,
      jitter: 0.3,
    },
    {
      to: '198.51.100.30',
      port: 443,
      name: 'thu-dien-tu.nha-cung-cap.example',
      every: 300,
      jitter: 0.02,
    },
    {
      to: '198.51.100.40',
      port: 443,
      name: 'do-luong.phan-mem.example',
      every: 1_800,
      jitter: 0.1,
    },
  ]
  const end = office.start + office.hours * hour
  for (const { to, port, name, every, jitter } of polls) {
    for (let at = office.start + chance.next() * every * second; at < end; ) {
      const sent = chance.between(380, 420)
      all.push(flow(at, { from, to, port, sent, back: 500 }))
      if (name) all.push(handshake(at + 20, from, to, name))
      at += every * second * (1 + jitter * (2 * chance.next() - 1))
    }
  }
}

/** Files and logons at the servers of the office; now and then a password is mistyped once or twice. */
function servers(
  all: Timed[],
  office: Office,
  from: string,
  account: string,
  chance: Chance,
): void {
  const end = office.start + office.hours * hour
  for (let at = office.start; at < end; ) {
    at += chance.wait((1_500 * second) / busy(at))
    if (at >= end) return
    const server = chance.between(3, 6)
    const typos = chance.next() < 0.06 ? chance.between(1, 2) : 0
    for (let i = 0; i < typos; i++) {
      all.push(logon(at - (i + 1) * 6 * second, { from, host: 'may-chu-3', account, ok: false }))
    }
    all.push(flow(at, { from, to: `10.20.0.${server}`, port: 445, sent: 5_000, back: 60_000 }))
    all.push(logon(at + 10, { from, host: `may-chu-${server}`, account, ok: true }))
  }
}
