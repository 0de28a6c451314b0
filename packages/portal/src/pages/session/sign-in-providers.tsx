import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery } from '@tanstack/react-query'
import { LogIn } from 'lucide-react'
import { api } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { ErrorSummary } from '../../components/error-summary.tsx'
import { noErrors } from '../../components/form.ts'
import { useWords } from '../../language/use-words.ts'
import { refusalWords } from '../access/refusal-words.ts'

/** Why the way back from a provider ended here, in words. */
export function ProviderRefusal({ code }: { code: string | undefined }) {
  const { language } = useWords()
  const words = code === undefined ? undefined : refusalWords(code)
  if (!words) return null
  return (
    <p
      role="alert"
      className="mb-6 rounded-control border-critical border-l-4 bg-critical-soft px-4 py-3 font-medium text-13"
    >
      {words[language]}
    </p>
  )
}

/** The providers of single sign-on this node knows; nothing where there is none. */
export function ProviderButtons({ to }: { to: string | undefined }) {
  const { t } = useLingui()
  const offered = useQuery({
    queryKey: ['providers', 'offered'],
    queryFn: ({ signal }) => api.providerSessions.offered({}, signal),
  })
  const go = useMutation({
    mutationFn: (provider_id: string) => api.providerSessions.begin({ body: { provider_id, to } }),
    onSuccess: ({ url }) => location.assign(url),
  })
  return (
    <>
      <ErrorSummary errors={noErrors} error={go.error} />
      {offered.data?.items.map(({ id, name }) => (
        <Button
          key={id}
          size="large"
          className="h-auto min-h-10 whitespace-normal py-2"
          busy={go.isPending && go.variables === id}
          onClick={() => go.mutate(id)}
        >
          <LogIn aria-hidden="true" className="size-4 shrink-0" />
          {t`Đăng nhập bằng ${name}`}
        </Button>
      ))}
    </>
  )
}
