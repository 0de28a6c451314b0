import type { Event } from '@haidang/contracts/event'

/** Reads what a record of a cloud service holds for a field that rules name in another export's way. */
type CloudReader = (event: Event) => unknown

const deepest = 16
const mostValues = 256

/** Names that Azure's own records have for what rules call otherwise. */
const azureNames: Readonly<Record<string, readonly string[]>> = {
  'properties.message': ['operationName', 'properties.activityDisplayName', 'ActivityDisplayName'],
  ActivityDisplayName: ['operationName'],
  ActivityType: ['operationName', 'activityDisplayName'],
  activityType: ['operationName', 'activityDisplayName'],
  CategoryValue: ['category'],
  OperationNameValue: ['operationName'],
  ClientApp: ['clientAppUsed'],
  Username: ['userPrincipalName'],
}

/**
 * Azure, in the diagnostic records of event hubs and in the columns of Log Analytics: names without case, at
 * the top of the record and below `properties`.
 */
export function azureReader(field: string): CloudReader {
  if (field === 'Status') return azureStatus
  const names = Object.hasOwn(azureNames, field) ? azureNames[field] : undefined
  const paths = [field, ...(names ?? [])].map(pathOf)
  return ({ unmapped }) => {
    const roots = [unmapped, ...valuesAt(unmapped, ['properties'])]
    return found(roots.flatMap((root) => paths.flatMap((path) => valuesAt(root, path))))
  }
}

/** What a sign-in or a change came to: as written, and in a word. */
function azureStatus({ unmapped }: Event): unknown {
  const written = ['status', 'properties.status', 'properties.result'].flatMap((name) =>
    valuesAt(unmapped, pathOf(name)),
  )
  const [code] = valuesAt(unmapped, ['resulttype'])
  if (code === undefined) return found(written)
  return [...written, String(code) === '0' ? 'Success' : 'Failure']
}

/** Names of Filebeat and Pub/Sub for what stands in an entry of Cloud Logging. */
const gcpNames: Readonly<Record<string, string>> = {
  'gcp.audit.method_name': 'protoPayload.methodName',
  'gcp.audit.service_name': 'protoPayload.serviceName',
  eventService: 'protoPayload.serviceName',
  eventName: 'protoPayload.metadata.event.eventName',
}

/** Google Cloud and Workspace: names without case; what is no field is looked for among the parameters of Workspace. */
export function gcpReader(field: string): CloudReader {
  const name = (Object.hasOwn(gcpNames, field) ? gcpNames[field] : undefined) ?? field
  const bare = name.replace(/^data\./, '')
  const paths = [pathOf(bare), pathOf(`data.${bare}`)]
  const parameters = pathOf('protoPayload.metadata.event.parameter')
  return ({ unmapped }) => {
    const direct = paths.flatMap((path) => valuesAt(unmapped, path))
    if (direct.length > 0 || field.includes('.')) return found(direct)
    const named = valuesAt(unmapped, parameters).filter((parameter) =>
      valuesAt(parameter, ['name']).some((word) => same(word, field)),
    )
    return found(named.flatMap((parameter) => valuesAt(parameter, ['value'])))
  }
}

/** What rules call short that stands deep in audit records of Kubernetes. */
const kubernetesNames: Readonly<Record<string, string>> = {
  apiGroup: 'objectRef.apiGroup',
  hostPath: 'requestObject.spec.volumes.hostPath',
  capabilities: 'requestObject.spec.containers.securityContext.capabilities',
}

/** Audit records of Kubernetes, for names that do not lead through them; undefined for others. */
export function kubernetesReader(field: string): CloudReader | undefined {
  if (!Object.hasOwn(kubernetesNames, field)) return undefined
  const path = pathOf(kubernetesNames[field] ?? '')
  return ({ unmapped }) => found(valuesAt(unmapped, path))
}

function pathOf(name: string): readonly string[] {
  return name.toLowerCase().split('.')
}

function found(values: readonly unknown[]): unknown {
  return values.length > 1 ? values : values[0]
}

function same(word: unknown, field: string): boolean {
  return typeof word === 'string' && word.toLowerCase() === field.toLowerCase()
}

/** What stands at a path of names in lower case, in every element of lists on the way; null is nothing. */
function valuesAt(value: unknown, path: readonly string[], depth = 0): unknown[] {
  if (value === null || value === undefined || depth > deepest) return []
  const [name, ...rest] = path
  if (name === undefined) return [value]
  if (Array.isArray(value)) {
    return value.slice(0, mostValues).flatMap((each) => valuesAt(each, path, depth + 1))
  }
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, each]) =>
    key.toLowerCase() === name ? valuesAt(each, rest, depth + 1) : [],
  )
}
