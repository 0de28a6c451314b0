/** Puts a text on the clipboard, also where the portal is read without TLS and `navigator.clipboard` is missing. */
export async function copyText(text: string): Promise<void> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text)
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  }
  document.addEventListener('copy', give)
  const copied = document.execCommand('copy')
  document.removeEventListener('copy', give)
  if (!copied) throw new Error('the browser did not copy')
}
