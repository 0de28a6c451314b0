import { BlockList, isIP } from 'node:net'
import type { Permission } from '@haidang/contracts/permission'
import type { Role } from '@haidang/contracts/person'

/** What of its role a key may do, and what its scope withholds. */
export function scoped(
  { permissions }: Pick<Role, 'permissions'>,
  scopes: readonly Permission[] | null,
): { readonly held: ReadonlySet<Permission>; readonly withheld: ReadonlySet<Permission> } {
  const within = new Set(scopes ?? permissions)
  return {
    held: new Set(permissions.filter((permission) => within.has(permission))),
    withheld: new Set(permissions.filter((permission) => !within.has(permission))),
  }
}

/** Whether a key may be used from an address: anywhere where none is named. Networks in CIDR, or single addresses. */
export function mayComeFrom(addresses: readonly string[], address: string): boolean {
  if (addresses.length === 0) return true
  const plain = address.split('%')[0] ?? ''
  const family = isIP(plain)
  if (family === 0) return false
  const list = new BlockList()
  for (const one of addresses) {
    const [network = '', bits] = one.split('/')
    const kind = isIP(network) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(network, kind)
    else list.addSubnet(network, Number(bits), kind)
  }
  return list.check(plain, family === 6 ? 'ipv6' : 'ipv4')
}
