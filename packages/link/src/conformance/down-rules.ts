import type { DownStream } from '@haidang/contracts/link'
import type { Probe } from './probe.ts'
import { type Rule, unless } from './rule.ts'

const bulk: readonly DownStream[] = ['rules', 'configuration']

/** The streams a parent hands down beside messages (link.md section 2). */
export const downRules: Rule[] = [
  ...bulk.map(
    (stream): Rule => ({
      rule: `2.${stream}-handed-down`,
      asks: `stream ${stream} answers 204, or numbered lines that end at haidang-last`,
      check: async (probe) => {
        const answer = await down(probe, stream)
        const lines = answer.text.split('\n').filter((line) => line !== '')
        const last = Number(answer.headers['haidang-last'])
        const isNothing = answer.status === 204 && lines.length === 0
        return unless(isNothing || (lines.length > 0 && last >= lines.length), answer)
      },
    }),
  ),
  {
    rule: '2.configuration-signed',
    asks: 'what comes down on stream configuration are signed envelopes configuration.published of the parent',
    check: async (probe) => {
      const answer = await down(probe, 'configuration')
      const lines = answer.text.split('\n').filter((line) => line !== '')
      return unless(
        lines.every((line) => isSettings(probe, line)),
        answer,
      )
    },
  },
  {
    rule: '2.down-stream-unknown',
    asks: 'a stream nobody knows: 404 link.stream-unknown',
    check: async (probe) => {
      const answer = await down(probe, 'nothing-of-the-kind')
      return unless(answer.status === 404 && answer.code === 'link.stream-unknown', answer)
    },
  },
]

function down(probe: Probe, stream: string) {
  return probe.call({ method: 'GET', path: `/link/v1/streams/${stream}?after=0&wait=0` })
}

function isSettings({ target }: Probe, line: string): boolean {
  const value: unknown = JSON.parse(line)
  if (value === null || typeof value !== 'object') return false
  if ('gap' in value) return true
  const { type, from, signature } = value as Readonly<Record<string, unknown>>
  return (
    type === 'configuration.published' &&
    from === target.parent_organisation_id &&
    typeof signature === 'string'
  )
}
