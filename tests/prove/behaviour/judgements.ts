import type { Finding } from '@haidang/detection/subject'

interface Judgement {
  readonly section: string
  readonly rule: string
  /** Value of a reason it must have; undefined: any. */
  readonly value?: string
  readonly verdict: string
}

/** What people concluded on every alert the proof ever raised without a plant. */
const judgements: readonly Judgement[] = [
  {
    section: 'office',
    rule: 'behaviour:beacon',
    verdict: 'false: pages read one after the other happened to come at even intervals',
  },
  {
    section: 'day',
    rule: 'behaviour:beacon',
    value: 'cdn.content.prod.cms.msn.com',
    verdict:
      'periodic, but wanted: live tiles of Windows, every 30 minutes on 5 of 13 hosts; one line of the allow-list',
  },
  {
    section: 'day',
    rule: 'behaviour:beacon',
    value: 'pespn.chartbeat.net',
    verdict:
      'periodic, but wanted: the counter of an open news page reports every 15 seconds or so',
  },
  {
    section: 'mixed',
    rule: 'behaviour:lateral-movement',
    value: '10.164.94.120',
    verdict: 'right: an attacker of the competition tries RDP on host after host',
  },
]

/** The verdict on an alert that no plant explains; undefined: nobody has looked at it yet. */
export function judged(section: string, { rule, matches }: Finding): string | undefined {
  return judgements.find(
    (each) =>
      each.section === section.replace(/^eight_\d+$/, 'office') &&
      each.rule === rule.id &&
      (each.value === undefined || matches.some(({ value }) => value === each.value)),
  )?.verdict
}
