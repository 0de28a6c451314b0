import type { Unmerged } from '@haidang/contracts/cluster'
import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { useDescribe } from '../../api/describe.ts'
import { complain, say } from '../../components/toast.tsx'

/** Merges clusters; said aloud and undoable for ten seconds, and on the page of the cluster ever after. */
export function useMerge(onDone?: () => void) {
  const { t } = useLingui()
  const unmerge = useUnmerge()
  const { renew, fail } = useAfterwards()
  return useMutation({
    mutationFn: (ids: readonly string[]) => api.clusterMerges.merge({ body: { ids: [...ids] } }),
    onSuccess: ({ head, merge }) => {
      const count = merge.clusters.length + 1
      say(t`Đã gộp ${count} cụm vào “${head.title}”`, () =>
        unmerge.mutate({ id: merge.id, clusters: 'as-before' }),
      )
      renew()
      onDone?.()
    },
    onError: fail,
  })
}

/** Takes a merge back. */
export function useUnmerge(onDone?: () => void) {
  const { t } = useLingui()
  const { renew, fail } = useAfterwards()
  return useMutation({
    mutationFn: ({ id, clusters }: { id: string; clusters: Unmerged }) =>
      api.clusterMerges.unmerge({ params: { id }, body: { clusters } }),
    onSuccess: ({ changed }) => {
      const count = changed.length - 1
      say(t`Đã tách ${count} cụm`)
      renew()
      onDone?.()
    },
    onError: fail,
  })
}

function useAfterwards() {
  const client = useQueryClient()
  const describe = useDescribe()
  return {
    renew: () => {
      for (const key of ['clusters', 'alerts', 'overview']) {
        void client.invalidateQueries({ queryKey: [key] })
      }
    },
    fail: (error: unknown) => complain(describe(error).title),
  }
}
