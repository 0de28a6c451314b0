import { z } from 'zod'
import { changeOf } from './change.ts'
import { endpoint } from './endpoint.ts'
import { idOf } from './id.ts'
import { PageQuery, pageOf } from './page.ts'
import {
  CompletenessItem,
  InformationSystem,
  MonitoringStage,
  MonitoringWay,
  OwnerCompleteness,
  SystemDraft,
  SystemSummary,
} from './system.ts'

const params = z.object({ id: idOf('system') })

export const systemApi = {
  list: endpoint({
    method: 'GET',
    path: '/api/v1/systems',
    permission: 'system.read',
    summary: 'List information systems',
    query: PageQuery,
    reply: pageOf(SystemSummary),
  }),
  get: endpoint({
    method: 'GET',
    path: '/api/v1/systems/:id',
    permission: 'system.read',
    reads: 'system',
    summary: 'Read one information system',
    params,
    reply: InformationSystem,
  }),
  create: endpoint({
    method: 'POST',
    path: '/api/v1/systems',
    permission: 'system.manage',
    summary: 'Register an information system',
    body: SystemDraft,
    reply: InformationSystem,
  }),
  update: endpoint({
    method: 'PATCH',
    path: '/api/v1/systems/:id',
    permission: 'system.manage',
    summary: 'Change an information system',
    params,
    body: changeOf(SystemDraft.omit({ organisation_id: true })).extend({
      version: z
        .int()
        .optional()
        .describe('what was read; refused where somebody changed it since'),
    }),
    reply: InformationSystem,
  }),
  monitor: endpoint({
    method: 'POST',
    path: '/api/v1/systems/:id/monitoring',
    permission: 'system.manage',
    summary:
      'Move direct or indirect monitoring of a system to a stage; approving needs system.approve',
    params,
    body: z.object({
      way: MonitoringWay,
      stage: MonitoringStage,
      reason: z.string().trim().min(3).max(1_000),
    }),
    reply: InformationSystem,
  }),
  completeness: endpoint({
    method: 'GET',
    path: '/api/v1/system-completeness',
    permission: 'system.read',
    summary: 'How complete the register is by owner, what is missing, and by which rules',
    reply: z.object({
      profile: z.string(),
      items: z.array(CompletenessItem),
      owners: z.array(OwnerCompleteness),
    }),
  }),
}
