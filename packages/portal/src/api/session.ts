import type { Permission } from '@haidang/contracts/permission'
import type { Me } from '@haidang/contracts/person'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from './api.ts'

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api.session.read({}, signal),
  staleTime: 60_000,
})

/** Who is signed in; only inside the shell, which waits for it. */
export function useMe(): Me {
  return useSuspenseQuery(sessionQuery).data
}

/** Asks whether the reader may do something. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useMe()
  return useMemo(() => {
    const held = new Set(permissions)
    return (permission) => held.has(permission)
  }, [permissions])
}
