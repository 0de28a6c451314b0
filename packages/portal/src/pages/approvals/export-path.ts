import { type Approval, ApprovalAct } from '@haidang/contracts/approval'

const paths = {
  'journal.export': '/api/v1/journal/export',
  'organisation.export': '/api/v1/organisation-export',
  'system.export': '/api/v1/system-export',
  'expert.export': '/api/v1/expert-export',
} as const
export type ExportKind = keyof typeof paths

interface Asked {
  readonly format: string
  readonly filter?: string | undefined
}

/** Where an export is handed out, by the approval that lets it where it needs one. */
export function exportPath(kind: ExportKind, { format, filter }: Asked, approval?: string): string {
  const query = new URLSearchParams({
    format,
    ...(filter ? { filter } : {}),
    ...(approval ? { approval } : {}),
  })
  return `${paths[kind]}?${query}`
}

/** The same for an approved request; undefined for one that is no export. */
export function approvedPath({ id, kind, payload }: Approval): string | undefined {
  const { data } = ApprovalAct.safeParse({ kind, payload })
  return data && isExport(data) ? exportPath(data.kind, data.payload, id) : undefined
}

function isExport(act: ApprovalAct): act is Extract<ApprovalAct, { kind: ExportKind }> {
  return Object.hasOwn(paths, act.kind)
}
