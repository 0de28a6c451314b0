export function addLinkCommand(..._: unknown[]) {}
export function addLinkCommands(..._: unknown[]) {}
