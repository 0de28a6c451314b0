import type { Playbook } from '@haidang/contracts/playbook'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../api/api.ts'
import { say } from '../../components/toast.tsx'

/** One playbook as its page has it. */
export function usePlaybook(id: string) {
  return useQuery({
    queryKey: ['playbooks', 'one', id],
    queryFn: ({ signal }) => api.playbooks.get({ params: { id } }, signal),
  })
}

/** How often playbooks are reviewed. */
export function usePlaybookRules() {
  return useQuery({
    queryKey: ['playbooks', 'rules'],
    queryFn: ({ signal }) => api.playbooks.rules({}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

/** Runs an act on a playbook, shows it as it is then, and says what was done. */
export function usePlaybookAct<V>(
  run: (variables: V) => Promise<Playbook>,
  said: string,
  onDone: (playbook: Playbook) => void = () => undefined,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: run,
    onSuccess: (playbook) => {
      client.setQueryData(['playbooks', 'one', playbook.id], playbook)
      void client.invalidateQueries({ queryKey: ['playbooks'] })
      say(said)
      onDone(playbook)
    },
  })
}
