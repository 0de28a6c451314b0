/**
 * How restricted a row is: a column with its TLP rank, or one rank for all rows of the table (0: for
 * whoever the reach names; 4: only for full clearance).
 */
type Rank = 'tlp_rank' | 0 | 4

/** Rows that say which organisations take part in a thing, with its TLP rank. */
interface Parties {
  readonly table: string
  readonly key: string
  readonly organisation: string
}

/** What of a thing those who take part in it see by a condition on their row `p` alone. */
interface Deeper {
  readonly thing: Extract<RowAccess, { reach: 'told' }>
  readonly where: string
}

/**
 * Who, beside the node itself, reads and writes the rows of a table. `owner` names the column with the
 * organisation a row belongs to.
 */
export type Reach =
  /** Nobody but the node. */
  | { readonly reach: 'node'; readonly rank?: 4 }
  /**
   * The owner; whom `readers` name may read it, and others where a condition on the row holds (`also`).
   * `searched`: lists look at every row of it.
   */
  | {
      readonly reach: 'own'
      readonly owner: string
      readonly rank: Rank
      readonly readers?: readonly string[]
      readonly also?: string
      readonly searched?: true
    }
  /**
   * The owner, and on equal terms whom these columns name, or the organisations of rows of another table.
   * `searched`: lists look at every row of it.
   */
  | {
      readonly reach: 'addressed'
      readonly owner: string
      readonly rank: Rank
      readonly searched?: true
      readonly to: readonly string[] | { readonly table: string; readonly key: string }
    }
  /**
   * Written by the owner; read also by those its TLP lets it be passed on to. `named`: the row itself names
   * whom, in told_organisations, told_groups and told_people.
   */
  | {
      readonly reach: 'told'
      readonly owner: string
      readonly rank: 'tlp_rank'
      readonly named?: true
      /** Columns with organisations that read it too. */
      readonly readers?: readonly string[]
      /** A table whose rows name further organisations that read it, short of RED. */
      readonly parties?: Parties
      /** Lists look at every row of it. */
      readonly searched?: true
    }
  /**
   * Read by who reads the thing it is part of, written by its owner who also sees that. `others`: columns that
   * name further things of that table, which one must see, too.
   */
  | {
      readonly reach: 'part'
      readonly owner: string
      readonly of: {
        readonly table: string
        readonly key: string
        readonly others?: readonly string[]
        readonly deeper?: Deeper
      }
    }
  /** Read by the organisations of the group this column names; written by the node. */
  | { readonly reach: 'grouped'; readonly group: string }
  /** Everybody reads; the node writes, or only adds. */
  | { readonly reach: 'everybody'; readonly node: 'writes' | 'adds' }

/** What one table holds and who sees it: the policies of the database are generated from this. */
export type RowAccess = Reach & {
  /** With its schema where that is not `public`. */
  readonly table: string
  /** What a row is, in a few words. */
  readonly holds: string
  /** Kind of the identifier of a row, where requests name rows. */
  readonly kind?: string
}

/** One policy of PostgreSQL, as pg_policies has it; null: it has no such condition. */
export interface RowPolicy {
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete'
  readonly using: string | null
  readonly check: string | null
}

/** The policies a table must have. */
export function policiesOf(access: RowAccess): RowPolicy[] {
  switch (access.reach) {
    case 'node':
      return [whole(sees('null', access.rank ?? 0))]
    case 'own':
      return ownPolicies(access)
    case 'addressed':
      return [addressed(access)]
    case 'told':
      return [
        ownPolicy(access),
        read(told(access)),
        ...readBy(access.readers, access.rank),
        ...(access.parties ? [read(takesPart(access.parties))] : []),
      ]
    case 'part':
      return partPolicies(access)
    case 'grouped':
      return [whole(sees('null', 0)), read(`in_group(${access.group})`)]
    case 'everybody':
      return [
        read('true'),
        access.node === 'writes'
          ? whole(sees('null', 0))
          : { command: 'insert', using: null, check: sees('null', 0) },
      ]
  }
}

/** Statements that give a table these policies and take the ones named in `present` away. */
export function policyStatements(access: RowAccess, present: readonly string[]): string[] {
  const name = access.table.split('.').at(-1) ?? access.table
  const relation = access.table.replaceAll(/\w+/g, '"$&"')
  return [
    ...present.map((policy) => `drop policy "${policy}" on ${relation}`),
    ...policiesOf(access).map(({ command, using, check }, place) =>
      [
        `create policy ${name}_${nameOf(command, place)} on ${relation} for ${command}`,
        ...(using === null ? [] : [`using (${using})`]),
        ...(check === null ? [] : [`with check (${check})`]),
      ].join(' '),
    ),
  ]
}

/** No two of one table have one name. */
function nameOf(command: RowPolicy['command'], place: number): string {
  if (place === 0) return 'scope'
  return place === 1 ? command : `${command}_${place}`
}

function sees(owner: string, rank: Rank | 'a.tlp_rank'): string {
  return `haidang_sees(${owner}, ${rank})`
}

function whole(condition: string): RowPolicy {
  return { command: 'all', using: condition, check: condition }
}

function read(condition: string): RowPolicy {
  return { command: 'select', using: condition, check: null }
}

function ownPolicies(access: Extract<Reach, { reach: 'own' }>): RowPolicy[] {
  const also = access.also === undefined ? [] : [read(access.also)]
  return [ownPolicy(access), ...readBy(access.readers, access.rank), ...also]
}

function ownPolicy({
  owner,
  rank,
  searched,
}: Extract<Reach, { reach: 'own' | 'told' }>): RowPolicy {
  const own = sees(owner, rank)
  return { command: 'all', using: searched ? onceAStatement(owner, rank) : own, check: own }
}

function readBy(readers: readonly string[] = [], rank: Rank): RowPolicy[] {
  return readers.map((reader) => read(`${reader} is not null and ${sees(reader, rank)}`))
}

/** What haidang_sees says, with the settings read once a statement instead of once a row. */
function onceAStatement(owner: string, rank: Rank | 'a.tlp_rank' | 'p.tlp_rank'): string {
  return `${rank} <= (select nullif(current_setting('haidang.tlp', true), '')::int)
    and ((select current_setting('haidang.organisations', true) = '*')
      or ${owner} = any (
        (select string_to_array(current_setting('haidang.organisations', true), ','))::text[]))`
}

function addressed(access: Extract<RowAccess, { reach: 'addressed' }>): RowPolicy {
  const { owner, rank, to, table, searched } = access
  const seen = searched ? onceAStatement : sees
  if ('table' in to) {
    const receiver = (condition: string) =>
      `exists (select from ${to.table} a where a.${to.key} = ${table}.id and (${condition}))`
    const [own, of] = [sees(owner, rank), ['a.organisation_id', 'a.tlp_rank'] as const]
    return {
      command: 'all',
      using: `${own} or ${receiver(seen(...of))}`,
      check: `${own} or ${receiver(sees(...of))}`,
    }
  }
  const named = [owner, ...to]
  const check = named.map((column) => sees(column, rank)).join(' or ')
  const using = named.map((column) => `(${seen(column, rank)})`).join(' or ')
  return { command: 'all', using, check }
}

function told({ rank, named, searched }: Extract<Reach, { reach: 'told' }>): string {
  if (named && searched) return toldOnceAStatement
  const lists = named ? 'told_organisations, told_groups, told_people' : `'{}', '{}', '{}'`
  return `haidang_told(${rank}, ${lists})`
}

/** What haidang_told says, with what is known of the reader found out once a statement instead of once a row. */
const toldOnceAStatement = `
  (select current_setting('haidang.actor', true)) = any (told_people)
  or tlp_rank <= (select nullif(current_setting('haidang.tlp', true), '')::int) and (
    tlp_rank = 0 and (select current_setting('haidang.organisations', true) <> '')
    or tlp_rank <= 3 and told_organisations && (
      select string_to_array(current_setting('haidang.organisations', true), ',')::text[])
    or tlp_rank <= 2 and told_groups && (select haidang_reader_groups())
    or tlp_rank = 1 and (select haidang_reader_is_member()))`

/** Found out once a statement: whom rows of the table name, as long as an organisation may read the thing at all. */
function takesPart({ table, key, organisation }: Parties, id = 'id', where?: string): string {
  return `${id} in (select p.${key} from ${table} p
    where ${where ? `${where} and ` : ''}p.tlp_rank <= 3 and (${onceAStatement(`p.${organisation}`, 'p.tlp_rank')}))`
}

function partPolicies({ owner, of }: Extract<Reach, { reach: 'part' }>): RowPolicy[] {
  const seen = [of.key, ...(of.others ?? [])]
    .map((key) => `${key} in (select id from ${of.table})`)
    .join(' and ')
  const own = `${sees(owner, 0)} and ${seen}`
  return [
    read(of.deeper ? readsDeeper(of.key, of.deeper) : seen),
    { command: 'insert', using: null, check: own },
    { command: 'update', using: own, check: own },
    { command: 'delete', using: own, check: null },
  ]
}

/** Who reads the thing for another reason than taking part in it, and those who take part and see that deep. */
function readsDeeper(key: string, { thing, where }: Deeper): string {
  const { parties, ...rest } = thing
  const otherwise = policiesOf(rest).flatMap(({ using }) => (using === null ? [] : [`(${using})`]))
  const seen = `${key} in (select id from ${thing.table} where ${otherwise.join(' or ')})`
  return parties ? `${seen} or ${takesPart(parties, key, where)}` : seen
}
