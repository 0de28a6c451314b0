import type { EffortSheet } from '@haidang/contracts/effort'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { say } from '../../components/toast.tsx'

/** Kinds, units and sources effort is written by. */
export function useEffortRules() {
  return useQuery({
    queryKey: ['efforts', 'rules'],
    queryFn: ({ signal }) => api.efforts.rules({}, signal),
  })
}

/** Runs an act on a sheet, shows the sheet as it is then, and says what was done. */
export function useEffortAct<V>(
  run: (variables: V) => Promise<EffortSheet>,
  said: string,
  onDone: (sheet: EffortSheet) => void = () => undefined,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSuccess: (sheet) => {
      client.setQueryData(['efforts', 'one', sheet.id], sheet)
      void client.invalidateQueries({ queryKey: ['efforts'] })
      say(said)
      onDone(sheet)
    },
  })
}
