import { Input } from '../../components/field.tsx'

/** Where a code of an authenticator, or a recovery code, is typed; browsers and telephones know to fill it in. */
export function CodeInput({ large = false }: { large?: boolean }) {
  return (
    <Input
      name="code"
      required
      minLength={6}
      maxLength={40}
      autoFocus
      autoComplete="one-time-code"
      autoCapitalize="characters"
      spellCheck={false}
      className={large ? 'h-10 font-mono text-15' : 'max-w-48 font-mono'}
    />
  )
}
