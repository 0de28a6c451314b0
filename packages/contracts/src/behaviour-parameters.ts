import { z } from 'zod'

const number = (value: number, text: string) =>
  z.number().nonnegative().default(value).describe(text)
const share = (value: number, text: string) =>
  z.number().min(0).max(1).default(value).describe(text)
const ports = (value: number[], text: string) => z.array(z.int()).default(value).describe(text)

/** A behaviour that is known and wanted. Every field given must fit; an entry without any fits nothing. */
export const AllowEntry = z.strictObject({
  rule: z.string().optional().describe('rule without `behaviour:`'),
  source: z.string().optional().describe('address or network that acts'),
  destination: z.string().optional().describe('domain with all below it, address or network'),
  account: z.string().optional(),
  reason: z.string().optional().describe('why it is wanted'),
})
export type AllowEntry = z.infer<typeof AllowEntry>

/** What behaviour detection is set to; every value has a default, and this table is where they stand. */
export const BehaviourParameters = z
  .strictObject({
    home_networks: z
      .array(z.string())
      .default([
        '10.0.0.0/8',
        '172.16.0.0/12',
        '192.168.0.0/16',
        '100.64.0.0/10',
        'fc00::/7',
        'fe80::/10',
      ])
      .describe('networks that are the organisation’s own'),
    allow: z
      .array(AllowEntry)
      .default([])
      .describe('wanted behaviour: hides findings, changes nothing that is remembered'),
    state: z
      .strictObject({
        keys: number(20_000, 'most keys each analytic remembers; the stalest goes first'),
        bytes: number(4_000_000, 'most bytes each analytic remembers, as estimated'),
        idle_seconds: number(8 * 86_400, 'a key not met for so long is forgotten'),
      })
      .prefault({}),
    suppression: z
      .strictObject({
        seconds: number(86_400, 'one behaviour raises one finding in this time'),
        growth: number(4, 'unless what was counted grew so many times, or the severity rose'),
      })
      .prefault({}),
    learning: z
      .strictObject({
        seconds: number(7 * 86_400, 'nothing counts as new in the organisation before'),
        daily: number(20, 'most findings of new values of one kind in a day'),
      })
      .prefault({}),
    beacon: z
      .strictObject({
        connections: number(8, 'fewest connections that are judged'),
        burst_seconds: number(5, 'connections closer together count as one'),
        shortest_seconds: number(24, 'shortest period'),
        lost_share: share(0.55, 'most connections that may be missing'),
        longest_seconds: number(7_200, 'longest period'),
        evidence: number(
          4,
          'evidence (log-likelihood ratio) for a period against chance; alike sizes add 3 at most',
        ),
        reading_seconds: number(60, 'shorter periods are those of people turning pages, too'),
        reading_evidence: number(
          5.5,
          'evidence that such a period needs if one host contacts the destination',
        ),
        reading_hosts: number(
          1.5,
          'evidence more for each time that hosts are e (2.7) times as many',
        ),
        common_share: share(
          0.5,
          'a destination of so many of the hosts is common and raises nothing',
        ),
        common_hosts: number(5, 'hosts that must be known before anything counts as common'),
        rare_share: share(0.02, 'a destination of so few of the hosts raises the severity'),
        ignored_ports: ports([53, 67, 68, 123, 5353], 'ports whose use is periodic by design'),
      })
      .prefault({}),
    scan: z
      .strictObject({
        window_seconds: number(3_600, 'sliding window'),
        hosts: number(25, 'hosts of one port that did not answer'),
        ports: number(20, 'ports of one host that did not answer'),
        failed_share: share(0.5, 'least share of contacts without an answer'),
      })
      .prefault({}),
    passwords: z
      .strictObject({
        window_seconds: number(900, 'sliding window for one account from one source'),
        failures: number(10, 'failures of one account from one source'),
        spray_window_seconds: number(7_200, 'sliding window over accounts or sources'),
        accounts: number(8, 'accounts that failed from one source'),
        sources: number(8, 'sources from which one account failed'),
      })
      .prefault({}),
    tunnel: z
      .strictObject({
        window_seconds: number(86_400, 'sliding window'),
        names: number(20, 'different names below one registered domain'),
        bits: number(8_000, 'information in them, in bits'),
        bits_per_name: number(80, 'mean information of one name, in bits'),
      })
      .prefault({}),
    generated: z
      .strictObject({
        window_seconds: number(7_200, 'sliding window'),
        names: number(8, 'registered domains without an answer whose names look generated'),
        share: share(0.3, 'least share of them among names without an answer'),
        burst: number(60, 'registered domains without an answer, however they look'),
        strangeness: number(1.8, 'bits per letter by which a name is stranger than ordinary words'),
      })
      .prefault({}),
    volume: z
      .strictObject({
        floor_bytes: number(50_000_000, 'bytes sent in an hour below which nothing is unusual'),
        growth: number(8, 'least ratio to the median of the same hours'),
        deviations: number(6, 'robust deviations (median absolute deviation) above the median'),
        hours: number(24, 'hours that must be known of a host'),
      })
      .prefault({}),
    lateral: z
      .strictObject({
        window_seconds: number(3_600, 'sliding window'),
        ports: ports([22, 135, 445, 3389, 5985, 5986], 'ports of remote administration'),
        new_hosts: number(5, 'own hosts first reached by a source that is known for a while'),
        hosts: number(20, 'own hosts reached by a source that is not'),
        known_seconds: number(86_400, 'after this a source is known'),
      })
      .prefault({}),
  })
  .describe('Behaviour detection')
export type BehaviourParameters = z.infer<typeof BehaviourParameters>
