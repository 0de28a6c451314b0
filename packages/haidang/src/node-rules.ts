import { join } from 'node:path'
import type { Centre } from '@haidang/centre/centre'
import type { OwnStation } from '@haidang/centre/rule-library'
import type { Link } from '@haidang/link/open-link'
import type { Clock } from '@haidang/runtime/clock'
import type { Log } from '@haidang/runtime/log'
import type { WatchedDirectory } from '@haidang/station/detect/rule-files'
import { RuleTrial } from '@haidang/station/detect/rule-trial'
import { RuleDirectory } from '@haidang/station/direct/rule-directory'
import { RuleSetStore } from '@haidang/station/direct/rule-set-store'
import { DirectedRules, directedLabels } from '@haidang/station/direct/rules'
import type { Engines } from './node-engines.ts'
import { readNamedPipelines } from './pipeline-files.ts'

interface NodeRulesParts {
  readonly engines: Engines
  readonly dataDirectory: string
  readonly clock: Clock
  readonly log: Log
  readonly link: Link
  readonly simulated: boolean
  readonly centre: () => Centre
}

/** Where rule sets come down, of the parent and of this node's own library, and where the answers go. */
export function directedRules(parts: NodeRulesParts): DirectedRules {
  const { engines, dataDirectory, clock, log, link, simulated, centre } = parts
  return new DirectedRules({
    ...engines,
    clock,
    log,
    store: new RuleSetStore(),
    directories: {
      parent: new RuleDirectory(pathOf(dataDirectory, 'parent')),
      own: new RuleDirectory(pathOf(dataDirectory, 'own')),
    },
    answer: async (tx, issuer, type, report) => {
      if (issuer === 'own') return centre().ownRulesAnswered(tx, type === 'rules.applied', report)
      const tie = await link.child.parent(tx)
      if (!tie) return
      await link.post.toParent(tx, {
        type,
        subject: `rule-set:${report.number}`,
        tlp: 'amber',
        data: report,
        from: tie.own_organisation_id,
        to: tie.organisation_id,
        exercise: simulated,
      })
    },
  })
}

/** The directories a node's detector watches for them; a set that never came has none. */
export function directedDirectories(dataDirectory: string): WatchedDirectory[] {
  return (['parent', 'own'] as const).map((issuer) => ({
    label: directedLabels[issuer],
    path: new RuleDirectory(pathOf(dataDirectory, issuer)).current,
    required: false,
  }))
}

interface OwnStationParts {
  readonly directed: DirectedRules
  readonly clock: Clock
  readonly log: Log
  /** As configured: rules are tried as they would come into force here. */
  readonly pipelines: readonly string[]
}

/** What the rule library asks of the station part. */
export function ownStation({ directed, clock, log, pipelines }: OwnStationParts): OwnStation {
  return {
    openTrial: async (documents) =>
      RuleTrial.open({ clock, log }, { documents, pipelines: await readNamedPipelines(pipelines) }),
    takeRules: async (tx, organisationId, contents, manifest) => {
      for (const content of contents) await directed.content(tx, content)
      await directed.set(tx, 'own', organisationId, manifest)
    },
  }
}

function pathOf(dataDirectory: string, issuer: 'parent' | 'own'): string {
  return join(dataDirectory, 'rule-sets', issuer)
}
