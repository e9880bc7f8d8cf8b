pragma Singleton

import QtQuick

// Every colour, size and duration of the window; nothing else holds one.
QtObject {
    id: theme

    // Set once by the window from the user's choice and the system's.
    property bool dark: true
    property bool highContrast: false
    property bool reducedMotion: false
    property real fontScale: 1.0

    readonly property color background: dark ? (highContrast ? "#000000" : "#0F1115") : "#FFFFFF"
    readonly property color surface1: dark ? (highContrast ? "#000000" : "#14171D") : (highContrast ? "#FFFFFF" : "#F6F7F9")
    readonly property color surface2: dark ? (highContrast ? "#0A0A0A" : "#1A1E26") : "#FFFFFF"
    readonly property color surface3: dark ? (highContrast ? "#2A2F3C" : "#222733") : (highContrast ? "#DDE3EE" : "#EEF1F6")
    readonly property color line: highContrast ? (dark ? "#AEB6C4" : "#4A5260") : (dark ? "#252A35" : "#E5E8ED")
    readonly property color text: highContrast ? (dark ? "#FFFFFF" : "#000000") : (dark ? "#E8EAED" : "#14171C")
    readonly property color muted: highContrast ? (dark ? "#D6DBE4" : "#2F3640") : (dark ? "#98A1B0" : "#6A7280")
    readonly property color accent: dark ? (highContrast ? "#A9BEFF" : "#7C9BFF") : (highContrast ? "#1D3FB8" : "#3B66F5")
    readonly property color accentSurface: dark ? "#1E2740" : "#EAF0FF"
    readonly property color accentInk: dark && highContrast ? "#000000" : "#FFFFFF"
    readonly property color good: dark ? "#3FB68B" : (highContrast ? "#0B6B48" : "#3FB68B")
    readonly property color warning: dark ? "#E2A93B" : (highContrast ? "#7A5200" : "#E2A93B")
    readonly property color bad: dark ? "#E5616A" : (highContrast ? "#A3121D" : "#E5616A")
    readonly property color codeSurface: dark ? (highContrast ? "#000000" : "#14171D") : (highContrast ? "#FFFFFF" : "#F6F7F9")
    readonly property color selection: dark ? "#33437A" : "#CFDBFF"
    readonly property color shade: dark ? "#A0000000" : "#60202530"

    // Code colours, by the classes that the highlighter writes.
    readonly property color codeKeyword: dark ? "#C792EA" : "#8A3FC0"
    readonly property color codeString: dark ? "#A5D6A0" : "#2B7A3D"
    readonly property color codeNumber: dark ? "#F08D6C" : "#B8461F"
    readonly property color codeName: dark ? "#82AAFF" : "#2A56C8"
    readonly property color codeBuiltin: dark ? "#7FD0D8" : "#0E7280"

    readonly property string family: "Inter"
    readonly property string monoFamily: "JetBrains Mono"
    readonly property int sizeTitle: size(24)
    readonly property int sizeHeading: size(15)
    readonly property int sizeBody: size(14)
    readonly property int sizeSmall: size(13)
    readonly property int sizeCaption: size(12)
    readonly property int sizeTiny: size(11)
    readonly property int lineHeightPercent: 145

    readonly property int gap1: 4
    readonly property int gap2: 8
    readonly property int gap3: 12
    readonly property int gap4: 16
    readonly property int gap5: 24
    readonly property int gap6: 40

    readonly property int radiusRow: 8
    readonly property int radiusButton: 9
    readonly property int radiusCard: 14
    readonly property int radiusBubble: 16

    readonly property int sideBarWidth: Math.round(264 * Math.min(fontScale, 1.35))
    readonly property int headerHeight: size(56)
    readonly property int rowHeight: size(36)
    readonly property int controlHeight: size(34)
    readonly property int readingWidth: Math.round(700 * Math.min(fontScale, 1.6))
    readonly property int pageWidth: Math.round(960 * Math.min(fontScale, 1.6))

    readonly property int motionFast: reducedMotion ? 0 : 120
    readonly property int motionSlow: reducedMotion ? 0 : 180

    // The style sheet that stands before any markup of ours.
    readonly property string styleSheet: "<style>b{font-weight:600}a{color:" + accent + ";text-decoration:none}"
        + "code{font-family:'" + monoFamily + "';font-size:" + sizeSmall + "px;background-color:" + surface3 + "}"
        + ".k{color:" + codeKeyword + "}.s{color:" + codeString + "}.n{color:" + codeNumber + "}.f{color:" + codeName + "}"
        + ".b{color:" + codeBuiltin + "}.c{color:" + muted + "}.m{background-color:" + selection + "}</style>"

    // Pixels of a length that grows with the font.
    function size(pixels: real): int {
        return Math.round(pixels * fontScale);
    }
}
