import {
  PasskeyMade as Made,
  type PasskeyMade,
  type PasskeyShown,
  PasskeyShown as Shown,
} from '@haidang/contracts/factor'
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'

/** The options as the node's own WebAuthn library wrote them: only their outer shape is in the contract. */
type Options = Record<string, unknown>

/** Whether this browser can, at this address: an address of numbers has no name a passkey could be bound to. */
export function passkeysWork(): boolean {
  return browserSupportsWebAuthn() && !/^[\d.]+$|:/.test(location.hostname)
}

/** Asks the device for a new passkey. Throws where its holder gives up. */
export async function makePasskey(options: Options): Promise<PasskeyMade> {
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
  return Made.parse(await startRegistration({ optionsJSON }))
}

/** Asks the device to show one. Throws where its holder gives up. */
export async function showPasskey(options: Options): Promise<PasskeyShown> {
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON
  return Shown.parse(await startAuthentication({ optionsJSON }))
}

/** Whether an error says only that its holder gave up, or that the device had nothing to show. */
export function gaveUp(error: unknown): boolean {
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError')
}
