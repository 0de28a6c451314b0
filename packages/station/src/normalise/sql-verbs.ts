/** OCSF Datastore Activity (6005): 1 read, 2 update, 4 query, 5 write, 6 create, 7 delete. */
const activities: ReadonlyMap<string, number> = new Map(
  Object.entries({
    SELECT: 1,
    READ: 1,
    SHOW: 1,
    COPY: 1,
    UPDATE: 2,
    ALTER: 2,
    RENAME: 2,
    GRANT: 2,
    REVOKE: 2,
    SET: 2,
    INSERT: 5,
    REPLACE: 5,
    LOAD: 5,
    WRITE: 5,
    CREATE: 6,
    DELETE: 7,
    DROP: 7,
    TRUNCATE: 7,
  }),
)

/** What a statement does, by its first word. */
export function sqlActivityOf(statement: string | undefined): number {
  const word = /^\W{0,16}(?<verb>[a-z]{2,16})/i
    .exec(statement ?? '')
    ?.groups?.['verb']?.toUpperCase()
  return activities.get(word ?? '') ?? 4
}
