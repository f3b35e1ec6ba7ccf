export declare const root: string
export declare class SetupError extends Error {}
export declare function ensureNode(version?: string): void
export declare function ensureDependencies(): Promise<void>
export declare const browserArgs: string[]
export declare function findBrowser(): Promise<string | undefined>
export declare function ensureBrowser(): Promise<string>
export declare function runAsCommand(main: () => Promise<void>): Promise<void>
