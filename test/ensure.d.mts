export declare const root: string
export declare class SetupError extends Error {}
export declare function ensureNode(version?: string): void
export declare function ensureDependencies(): Promise<void>
export declare const browserArgs: string[]
type BrowserName = 'chromium' | 'firefox'
export declare function findBrowser(name?: BrowserName): Promise<string | undefined>
export declare function findHeadlessChromium(): Promise<string | undefined>
export declare function ensureBrowsers<Name extends BrowserName>(
  names: readonly Name[],
): Promise<Record<Name, string>>
export declare function runAsCommand(main: () => Promise<void>): Promise<void>
