/** What senders ask an Elasticsearch before and beside their records, and what they are told here. */
interface Probe {
  readonly methods: readonly string[]
  readonly path: RegExp
  readonly reply: (about: ProbeAbout) => object
}

export interface ProbeAbout {
  /** Version of Elasticsearch that is claimed. */
  readonly version: string
  /** Host and port the sender dialled. */
  readonly address: string
  readonly node: string
}

const name = 'hai-dang'
/** Fixed: senders remember the cluster by it. */
const clusterId = 'aGFpLWRhbmctYnVsay1pbg'
const nodeId = 'aGFpLWRhbmctbm9kZS0wMQ'
const read = ['GET', 'HEAD']
const written = { acknowledged: true }

const probes: readonly Probe[] = [
  { methods: read, path: /^\/$/, reply: handshake },
  { methods: read, path: /^\/_license$/, reply: () => ({ license }) },
  { methods: read, path: /^\/_xpack(\/usage)?$/, reply: () => xpack },
  { methods: read, path: /^\/_cluster\/health(\/|$)/, reply: () => health },
  { methods: read, path: /^\/_cat\/health$/, reply: () => [{ cluster: name, status: 'green' }] },
  { methods: read, path: /^\/_nodes(\/|$)/, reply: nodes },
  {
    methods: read,
    path: /^\/_security\/_authenticate$/,
    reply: () => ({ username: name, roles: [], enabled: true }),
  },
  { methods: read, path: /^\/_ilm\/status$/, reply: () => ({ operation_mode: 'STOPPED' }) },
  {
    methods: [...read, 'PUT', 'POST'],
    path: /^\/(_ilm|_index_template|_component_template|_template|_ingest|_logstash|_alias|_aliases|_data_stream|_slm|_settings|_mapping)(\/|$)/,
    reply: () => written,
  },
  {
    methods: [...read, 'PUT'],
    path: /^\/[^_/][^/]*(\/(_alias|_settings|_mapping)(\/.*)?)?$/,
    reply: () => written,
  },
]

/**
 * What a question beside `_bulk` is answered; undefined: not known here. Nothing is kept of what is asked to
 * be set up: templates, policies and pipelines are acknowledged and have no effect.
 */
export function answerProbe(method: string, path: string, about: ProbeAbout): object | undefined {
  return probes
    .find((probe) => probe.methods.includes(method) && probe.path.test(path))
    ?.reply(about)
}

const license = {
  status: 'active',
  uid: '00000000-0000-0000-0000-000000000000',
  type: 'basic',
  issue_date: '2026-01-01T00:00:00.000Z',
  issue_date_in_millis: 1_767_225_600_000,
  max_nodes: 1,
  issued_to: name,
  issuer: 'elasticsearch',
  start_date_in_millis: -1,
}

const off = { available: true, enabled: false }
const xpack = {
  build: { hash: 'unknown', date: '2026-01-01T00:00:00.000Z' },
  license: { uid: license.uid, type: 'basic', mode: 'basic', status: 'active' },
  features: { ilm: off, ml: off, monitoring: off, security: { available: true, enabled: true } },
  tagline: 'You know, for X',
}

const health = {
  cluster_name: name,
  status: 'green',
  timed_out: false,
  number_of_nodes: 1,
  number_of_data_nodes: 1,
  active_primary_shards: 1,
  active_shards: 1,
  unassigned_shards: 0,
  active_shards_percent_as_number: 100,
}

function handshake({ version, node }: ProbeAbout): object {
  return {
    name: node,
    cluster_name: name,
    cluster_uuid: clusterId,
    version: {
      number: version,
      build_flavor: 'default',
      build_type: 'tar',
      build_hash: 'unknown',
      build_date: '2026-01-01T00:00:00.000Z',
      build_snapshot: false,
      lucene_version: '10.0.0',
      minimum_wire_compatibility_version: '7.17.0',
      minimum_index_compatibility_version: '7.0.0',
    },
    tagline: 'You Know, for Search',
  }
}

/** A sender that looks for more nodes finds the one it dialled. */
function nodes({ version, address, node }: ProbeAbout): object {
  const http = { bound_address: [address], publish_address: address }
  const one = { name: node, version, roles: ['data', 'ingest'], http, settings: {} }
  return {
    _nodes: { total: 1, successful: 1, failed: 0 },
    cluster_name: name,
    nodes: { [nodeId]: one },
  }
}
