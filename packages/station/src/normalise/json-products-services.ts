import { looksLikeAzure, normaliseAzure } from './azure.ts'
import { looksLikeCloudTrail, normaliseCloudTrail, parseCloudTrail } from './cloudtrail.ts'
import { logsourceOf } from './json.ts'
import { looksLikeM365, normaliseM365 } from './m365.ts'
import { looksLikeMysqlAudit, normaliseMysqlAudit } from './mysql-audit.ts'
import { looksLikePostgresJson, normalisePostgresJson } from './postgresql.ts'
import type { JsonProduct } from './product.ts'
import { looksLikeWazuh, normaliseWazuh } from './wazuh.ts'

const cloudTrail: JsonProduct = {
  format: 'cloudtrail',
  recognises: looksLikeCloudTrail,
  read: (object, around) => {
    const event = parseCloudTrail(object)
    return event.ok ? normaliseCloudTrail(event.value, around) : event
  },
  bare: (object) => {
    const event = parseCloudTrail(object)
    return event.ok ? { logsource: logsourceOf(event.value), record: event.value } : undefined
  },
}

/** Services of clouds, managers of alerts, databases. */
export const serviceObjects: readonly JsonProduct[] = [
  cloudTrail,
  {
    format: 'm365',
    recognises: looksLikeM365,
    read: normaliseM365,
    bare: (object) => ({ logsource: logsourceOf(object), record: object }),
  },
  {
    format: 'azure',
    recognises: looksLikeAzure,
    read: normaliseAzure,
    bare: (object) => ({ logsource: logsourceOf(object), record: object }),
  },
  // What a Windows agent sent is told only by the whole way.
  { format: 'wazuh', recognises: looksLikeWazuh, read: normaliseWazuh, bare: () => undefined },
  {
    format: 'mysql-audit',
    recognises: looksLikeMysqlAudit,
    read: normaliseMysqlAudit,
    bare: (object) => ({ logsource: { product: 'mysql', category: 'database' }, record: object }),
  },
  {
    format: 'postgresql-json',
    recognises: looksLikePostgresJson,
    read: normalisePostgresJson,
    bare: (object) => ({
      logsource: { product: 'postgresql', category: 'database' },
      record: object,
    }),
  },
]
