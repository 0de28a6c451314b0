import { BehaviourParameters } from '@haidang/contracts/behaviour-parameters'
import { z } from 'zod'
import type { Plant } from '../../../packages/detection/tests/behaviour/plants.ts'
import type { Trial } from '../../../packages/detection/tests/behaviour/trial.ts'
import { reasonsOf } from '../../../packages/detection/tests/behaviour/trial.ts'
import { cell, schemaRows } from '../../../scripts/docs/schema-table.ts'
import { judged } from './judgements.ts'

/** One recording or generated background with what was planted in it. */
export interface Section {
  readonly name: string
  readonly about: string
  readonly plants: readonly Plant[]
  readonly trial: Trial
}

/** docs/reference/behaviour.md */
export function behaviourPage(sections: readonly Section[], eights: readonly Section[]): string {
  return [
    '# Behaviour detection',
    '',
    'Made by `npm run prove -- behaviour`; the figures are those of its last run.',
    '',
    ...method,
    '## Parameters',
    '',
    'Section `behaviour` of the configuration; source: `packages/contracts/src/behaviour-parameters.ts`.',
    '',
    ...parameterTable(),
    '',
    '## What it finds',
    '',
    'Planted attacks found / planted. Beacons have periods of 30 s to 1 h and at least 8 connections seen, half of them with alike and half with',
    'varied sizes. Required: 95 % of beacons with jitter up to 20 % and loss up to 30 %, 95 % of every other kind.',
    '',
    ...sections.filter(({ plants }) => plants.length > 0).flatMap(foundTable),
    ...eightTable(eights),
    '## What else it says',
    '',
    'Every alert on lines nobody planted, and what it is.',
    '',
    ...sections.flatMap(unplanted),
  ].join('\n')
}

const method = [
  'Observations of flows, web requests, TLS, DNS, logons and program starts are watched in the order the line keeps them; answers told as flows',
  'of their own, and packets sampled by sFlow, are no contacts and left out. Only the time of',
  'events counts. Each finding names the numbers that led to it and the bounds they passed; one behaviour raises one finding in a day, and',
  'another only when it grew fourfold or became graver. Memory is bounded per analytic; what is forgotten for want of room is counted.',
  '',
  '- **Beacons.** Intervals between connections of a pair (bursts count as one) are explained twice: by sleeps of one length with even',
  '  jitter of which some were lost, and by chance (exponential or log-normal, whichever does better). The finding needs the logarithm of the',
  '  likelihood ratio, less what fitting three numbers is worth (BIC), to pass `evidence`; alike sizes add at most 3. At the pace of people',
  '  turning pages (periods below `reading_seconds`) chance is likelier, the more so the more hosts read there, and more evidence is needed.',
  '  Destinations that half of the hosts contact raise nothing. The four scores of the published recipe of RITA 5 stand among the reasons; its vectors are reproduced.',
  '- **Generated names.** Mean surprise of letter triples against a table of 27³ values made from an English word list (SCOWL, Debian',
  '  `wamerican`) and Vietnamese syllables without marks (`scripts/letter-triples.ts`); only names that do not exist count.',
  '- **Tunnels.** Information (Shannon) in the different names below one registered domain in a day.',
  '- **Scans, guessing, spreading.** Different targets in a sliding window; who succeeds more often than he fails is not accused.',
  '- **Volume.** Bytes sent outside in an hour against median and median absolute deviation (of logarithms) of the same hours.',
  '- **New.** Registered domain, user agent without versions, JA3, program path, not met in the organisation during a week of learning.',
  '',
  'The memory survives a kill: each range keeps its observations in the transaction that moves the checkpoint, now and then a snapshot takes',
  'their place, and a start observes again what came after the snapshot. Records that were rejected and are parsed again later are not observed:',
  'what is remembered must follow from the order of the line alone.',
  '',
  '`haidang detect --behaviour FILE…` watches files of records with the parameters below at their defaults, in the order of the lines: files come in',
  'the order of their times. Its findings stand at the line that completed them, their numbers under `behaviour`.',
  '',
]

function parameterTable(): string[] {
  const schema = z.toJSONSchema(BehaviourParameters, { io: 'input' })
  const rows = schemaRows(schema as Parameters<typeof schemaRows>[0])
  return [
    '| parameter | default | meaning |',
    '|---|---|---|',
    ...rows
      .filter(({ description }) => description !== '')
      .map(({ path, fallback, description }) => {
        const standard = fallback === undefined ? '' : `\`${JSON.stringify(fallback)}\``
        return `| \`${path}\` | ${cell(standard)} | ${cell(description)} |`
      }),
  ]
}

function foundTable({ about, plants, trial }: Section): string[] {
  const groups = [...new Set(plants.map(({ group }) => group))]
  const counted = groups.map((group) => {
    const all = plants.filter((plant) => plant.group === group)
    return [
      group,
      `${all.filter((plant) => trial.found.has(plant)).length} / ${all.length}`,
    ] as const
  })
  const shares = ['0', '0.1', '0.3', '0.5']
  const jitters = ['0', '0.1', '0.2', '0.3', '0.4']
  const of = new Map(counted)
  return [
    `### ${about}`,
    '',
    `| beacons: jitter | ${shares.map((share) => `loss ${share}`).join(' | ')} |`,
    `|---|${'---|'.repeat(shares.length)}`,
    ...jitters.map(
      (jitter) =>
        `| ${jitter} | ${shares.map((share) => of.get(`jitter ${jitter} loss ${share}`) ?? '').join(' | ')} |`,
    ),
    '',
    '| other attacks | found |',
    '|---|---|',
    ...counted
      .filter(([group]) => !group.startsWith('jitter'))
      .map(([group, text]) => `| ${group} | ${text} |`),
    '',
  ]
}

/** Offices of other seeds, with nothing planted but the hardest beacons. */
function eightTable(sections: readonly Section[]): string[] {
  const share = (all: readonly Plant[], { found }: Trial) => {
    const part = all.filter((plant) => found.has(plant)).length / all.length
    return `${(part * 100).toFixed(1)} %`
  }
  return [
    '### Eight connections seen, sizes varied',
    '',
    'In offices whose seeds played no part in choosing bounds: 60 hosts, 72 hours, beacons with jitter up to 20 % and loss up to 30 %. Alerts on',
    'lines nobody planted are all false: pages read one after the other came at even intervals by chance.',
    '',
    '| office | found | of them period 30 s, 60 s | period from 300 s | false alerts |',
    '|---|---|---|---|---|',
    ...sections.map(({ about, plants, trial }) => {
      const required = plants.filter(({ isRequired }) => isRequired)
      const short = required.filter(({ name }) => /"period":(30|60),/.test(name))
      const long = required.filter((plant) => !short.includes(plant))
      const shares = [required, short, long].map((all) => share(all, trial))
      return `| ${about} | ${shares.join(' | ')} | ${trial.unexplained.length} |`
    }),
    '',
  ]
}

function unplanted({ name, about, trial }: Section): string[] {
  const alerts = trial.unexplained.map(
    (finding) => `| ${cell(reasonsOf(finding))} | ${cell(judged(name, finding) ?? '')} |`,
  )
  const head = `### ${about}: ${alerts.length === 0 ? 'none' : alerts.length}`
  return [
    head,
    '',
    ...(alerts.length === 0 ? [] : ['| alert | judgement |', '|---|---|', ...alerts, '']),
  ]
}
