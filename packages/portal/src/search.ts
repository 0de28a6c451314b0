import { LibraryRuleStatus } from '@haidang/contracts/rule-library'

/** What an address may say, read leniently: what is not understood is left out, never an error. */
export type Raw = Record<string, unknown>

/** Text of at most 2048 characters, or undefined. A number typed as text (`?q=443`) is text again. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  return typeof text === 'string' && text !== '' ? text.slice(0, 2048) : undefined
}

/** One of the words given, or undefined. */
function oneOf<W extends string>(words: readonly W[], value: unknown): W | undefined {
  return words.find((word) => word === value)
}

/** Leaves out what is undefined, so that addresses stay short. */
function present<T extends object>(search: T): { [K in keyof T]?: T[K] } {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: T[K]
  }
}

export const ranges = ['15m', '1h', '4h', '24h', '7d', '30d'] as const
export type Range = (typeof ranges)[number]

/** Seconds of a relative range. */
export const rangeSeconds: Record<Range, number> = {
  '15m': 900,
  '1h': 3600,
  '4h': 14_400,
  '24h': 86_400,
  '7d': 604_800,
  '30d': 2_592_000,
}

export const alertViews = ['open', 'new', 'mine', 'closed'] as const
export const alertSearch = (raw: Raw) =>
  present({
    view: oneOf(alertViews, raw['view']),
    q: textOf(raw['q']),
    range: oneOf(ranges, raw['range']),
    peek: textOf(raw['peek']),
  })

const incidentViews = ['open', 'mine', 'closed', 'exercise', 'lessons'] as const
export const incidentSearch = (raw: Raw) =>
  present({
    view: oneOf(incidentViews, raw['view']),
    q: textOf(raw['q']),
    peek: textOf(raw['peek']),
  })

export const incidentDraftSearch = (raw: Raw) => present({ clusters: textOf(raw['clusters']) })

const incidentReportViews = ['open', 'decided', 'drafts'] as const
export const incidentReportSearch = (raw: Raw) =>
  present({
    view: oneOf(incidentReportViews, raw['view']),
    q: textOf(raw['q']),
    peek: textOf(raw['peek']),
  })

const orderViews = ['open', 'closed'] as const
export const orderSearch = (raw: Raw) =>
  present({ view: oneOf(orderViews, raw['view']), q: textOf(raw['q']) })
export const orderDraftSearch = (raw: Raw) => present({ incident: textOf(raw['incident']) })

const advisoryViews = ['open', 'drafts', 'cancelled'] as const
export const advisorySearch = (raw: Raw) =>
  present({ view: oneOf(advisoryViews, raw['view']), q: textOf(raw['q']) })
/** What of a draft is shown; its stage decides where nothing is said. */
export const advisoryDraftSearch = (raw: Raw) =>
  present({ part: oneOf(['edit', 'preview'] as const, raw['part']) })
const effortViews = ['open', 'ended'] as const
export const effortSearch = (raw: Raw) =>
  present({ view: oneOf(effortViews, raw['view']), q: textOf(raw['q']) })

const playbookViews = ['in_force', 'drafts', 'overdue', 'retired'] as const
export const playbookSearch = (raw: Raw) =>
  present({ view: oneOf(playbookViews, raw['view']), q: textOf(raw['q']) })

const deadlineViews = ['open', 'mine', 'organisation', 'passed', 'all'] as const
export const deadlineSearch = (raw: Raw) =>
  present({ view: oneOf(deadlineViews, raw['view']), q: textOf(raw['q']) })

export const shiftTabs = ['mine', 'roster', 'handovers', 'swaps'] as const
export type ShiftTab = (typeof shiftTabs)[number]
/** `on`: a day of the week shown; `of`: whose roster. */
export const shiftSearch = (raw: Raw) => {
  const on = textOf(raw['on'])
  return present({
    tab: oneOf(shiftTabs, raw['tab']),
    on: on && /^\d{4}-\d{2}-\d{2}$/.test(on) ? on : undefined,
    span: oneOf(['week', 'month'] as const, raw['span']),
    of: textOf(raw['of']),
  })
}

const workViews = ['all', 'personal', 'late', 'done'] as const
export const workSearch = (raw: Raw) =>
  present({ view: oneOf(workViews, raw['view']), q: textOf(raw['q']) })

const approvalViews = ['open', 'mine', 'all', 'policy'] as const
export const approvalSearch = (raw: Raw) =>
  present({ view: oneOf(approvalViews, raw['view']), q: textOf(raw['q']) })

export const notificationViews = ['unread', 'all', 'deliveries', 'unfiled', 'received'] as const
export const notificationSearch = (raw: Raw) =>
  present({ view: oneOf(notificationViews, raw['view']), q: textOf(raw['q']) })

export const systemTabs = ['systems', 'whose', 'completeness', 'import'] as const
/** `on`: a day, as 2026-11-22; `import`: the import that is looked at. */
export const systemsSearch = (raw: Raw) => {
  const on = textOf(raw['on'])
  return present({
    tab: oneOf(systemTabs, raw['tab']),
    q: textOf(raw['q']),
    on: on && /^\d{4}-\d{2}-\d{2}$/.test(on) ? on : undefined,
    import: textOf(raw['import']),
  })
}

export const systemParts = [
  'overview',
  'ranges',
  'declaration',
  'components',
  'monitoring',
] as const
export const systemSearch = (raw: Raw) => present({ part: oneOf(systemParts, raw['part']) })

export const stationTabs = [
  'stations',
  'estate',
  'map',
  'plan',
  'inspections',
  'gaps',
  'configuration',
  'sources',
  'rejects',
  'parent',
  'release',
  'archive',
  'codes',
  'keys',
] as const
export const stationSearch = (raw: Raw) =>
  present({ tab: oneOf(stationTabs, raw['tab']), q: textOf(raw['q']) })

/** Which product is being set up, which of its ways in, and the source once there is one. */
export const setUpSourceSearch = (raw: Raw) =>
  present({
    product: textOf(raw['product']),
    source: textOf(raw['source']),
    way: [0, 1, 2, 3, 4, 5].find((way) => String(way) === String(raw['way'])),
  })

export const eventSearch = (raw: Raw) =>
  present({
    q: textOf(raw['q']),
    range: oneOf(ranges, raw['range']),
    from: textOf(raw['from']),
    to: textOf(raw['to']),
    peek: textOf(raw['peek']),
  })

export const ruleTabs = [
  'running',
  'library',
  'sets',
  'stations',
  'tunings',
  'statistics',
  'coverage',
] as const
/** Days that figures of rules are counted over. */
export const statisticsSpans = [7, 30, 90] as const
export const statisticsSorts = ['fired', 'closed_false', 'cost_us', 'cost_share'] as const
export type StatisticsSort = (typeof statisticsSorts)[number]
export const ruleSearch = (raw: Raw) =>
  present({
    tab: oneOf(ruleTabs, raw['tab']),
    q: textOf(raw['q']),
    status: oneOf(LibraryRuleStatus.options, raw['status']),
    days: statisticsSpans.find((days) => String(days) === String(raw['days'])),
    sort: oneOf(statisticsSorts, raw['sort']),
    tactic: textOf(raw['tactic']),
    source: textOf(raw['source']),
  })

export const organisationTabs = [
  'list',
  'tree',
  'contacts',
  'experts',
  'requests',
  'groups',
  'import',
] as const
export const organisationsSearch = (raw: Raw) =>
  present({ tab: oneOf(organisationTabs, raw['tab']), q: textOf(raw['q']) })

export const organisationParts = ['overview', 'contacts', 'experts', 'ties', 'membership'] as const
export const organisationSearch = (raw: Raw) =>
  present({ part: oneOf(organisationParts, raw['part']) })

export const formSearch = (raw: Raw) => present({ q: textOf(raw['q']) })

export const adminTabs = [
  'people',
  'services',
  'invitations',
  'access',
  'sign-in',
  'keys',
  'settings',
  'units',
  'documents',
  'channels',
  'personal-data',
  'journal',
] as const
export const adminSearch = (raw: Raw) =>
  present({ tab: oneOf(adminTabs, raw['tab']), q: textOf(raw['q']) })

export const signInSearch = (raw: Raw) =>
  present({
    to: localPath(raw['to']),
    refused: textOf(raw['refused']),
    second: oneOf(['yes'] as const, raw['second']),
  })
export const meSearch = (raw: Raw) =>
  present({ refused: textOf(raw['refused']), linked: oneOf(['yes'] as const, raw['linked']) })
export const publicAdvisorySearch = (raw: Raw) => present({ q: textOf(raw['q']) })
export const setupSearch = (raw: Raw) => present({ token: textOf(raw['token']) })

/** Where to go after sign-in: a path of this node only, never another site. */
function localPath(value: unknown): string | undefined {
  const text = textOf(value)
  // As a browser reads it, which drops tabs and line breaks and takes a backslash for a slash.
  const here = 'http://here.invalid'
  const isHere =
    text?.startsWith('/') && URL.canParse(text, here) && new URL(text, here).origin === here
  return isHere ? text : undefined
}
