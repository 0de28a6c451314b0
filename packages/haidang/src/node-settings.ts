import type { Centre } from '@haidang/centre/centre'
import { parentConfigurationApi } from '@haidang/contracts/parent-configuration-api'
import { ConfigurationStore } from '@haidang/link/child/configuration-store'
import type { Link } from '@haidang/link/open-link'
import type { Clock } from '@haidang/runtime/clock'
import { serve } from '@haidang/runtime/http/serve'
import { DirectedSettings } from '@haidang/station/direct/configuration'
import { parentConfigurationRoutes } from '@haidang/station/direct/configuration-routes'
import type { Engines } from './node-engines.ts'

interface NodeSettingsParts {
  readonly engines: Engines
  readonly clock: Clock
  readonly simulated: boolean
  readonly wired: { readonly centre?: Centre; readonly link?: Link }
}

/** What the parent may set at this node, where that comes into force, and where the answers go. */
export function openNodeSettings({ engines, clock, simulated, wired }: NodeSettingsParts) {
  return new DirectedSettings({
    ...engines,
    clock,
    store: new ConfigurationStore(),
    place: async (tx, wanted, placed, by) =>
      (await wired.centre?.profiles.place(tx, wanted, placed, by)) ?? placed,
    answer: async (tx, report) => {
      const { link } = wired
      const tie = await link?.child.parent(tx)
      if (!link || !tie) return
      await link.post.toParent(tx, {
        type: 'configuration.answered',
        subject: `configuration:${report.number}`,
        from: tie.own_organisation_id,
        to: tie.organisation_id,
        exercise: simulated,
        tlp: 'amber',
        data: report,
      })
    },
  })
}

/** Shows it to people, and takes up what was set before the node stopped. */
export async function serveNodeSettings(
  settings: DirectedSettings,
  { http }: Engines,
  { gate }: Centre,
): Promise<void> {
  serve(http, parentConfigurationApi, parentConfigurationRoutes(settings), gate)
  await settings.refresh()
}
