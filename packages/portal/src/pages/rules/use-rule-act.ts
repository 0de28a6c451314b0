import type { FullLibraryRule } from '@haidang/contracts/rule-library'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useDescribe } from '../../api/describe.ts'
import { complain, say } from '../../components/toast.tsx'

/** Does something to a rule of the library, shows its new state at once, and says what was done. */
export function useRuleAct<V>(
  run: (variables: V) => Promise<FullLibraryRule>,
  done: (rule: FullLibraryRule) => string,
  onDone?: () => void,
) {
  const client = useQueryClient()
  const describe = useDescribe()
  return useMutation({
    mutationFn: run,
    onSuccess: (rule) => {
      client.setQueryData(['rule-library', 'one', rule.id], rule)
      void client.invalidateQueries({ queryKey: ['rule-library'] })
      say(done(rule))
      onDone?.()
    },
    onError: (error) => complain(describe(error).title),
  })
}
