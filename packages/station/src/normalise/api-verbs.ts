/** OCSF API Activity (6003): 1 create, 2 read, 3 update, 4 delete. */
const verbs: readonly (readonly [pattern: RegExp, activity: number])[] = [
  [/^(?:Create|Add|New|Put|Run|Register|Import|Upload|Start|Allocate|Attach|Enable)/i, 1],
  [/^(?:Get|List|Describe|Search|Lookup|Head|View|Read|Download|Batch[Gg]et|Scan|Query|Test)/i, 2],
  [/^(?:Update|Modify|Set|Change|Reset|Replace|Edit|Tag|Rename|Move|Assign|Authorize)/i, 3],
  [
    /^(?:Delete|Remove|Terminate|Deregister|Revoke|Detach|Disable|Stop|Purge|HardDelete|SoftDelete)/i,
    4,
  ],
]

/** What an operation does, by the verb its name begins with; 99 where it does not tell. */
export function apiActivityOf(operation: string): number {
  return verbs.find(([pattern]) => pattern.test(operation))?.[1] ?? 99
}
