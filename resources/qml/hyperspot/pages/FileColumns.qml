import QtQuick
import hyperspot.theme

// Where the columns of the file table stand, for its head and its lines; narrow pages have fewer.
QtObject {
    id: root

    required property real width
    property bool mirrored: false

    readonly property bool wide: width > Theme.size(760)
    readonly property real edge: Theme.gap4 + Theme.gap1
    readonly property real rowHeight: Theme.size(52)
    readonly property real typeWidth: wide ? Theme.size(180) : 0
    readonly property real passagesWidth: wide ? Theme.size(100) : 0
    readonly property real changedWidth: Theme.size(wide ? 90 : 84)
    readonly property real statusWidth: wide ? Math.max(Theme.size(240), Math.round(width * 0.27)) : Math.round(width * 0.32)
    readonly property real menuWidth: Theme.size(36)

    readonly property real nameWidth: width - menuWidth - changedWidth - statusWidth - passagesWidth - typeWidth - edge - Theme.gap2

    readonly property real nameX: from(edge, nameWidth)
    readonly property real typeX: from(edge + nameWidth + Theme.gap2, typeWidth)
    readonly property real passagesX: from(edge + nameWidth + Theme.gap2 + typeWidth, passagesWidth)
    readonly property real statusX: from(width - menuWidth - changedWidth - statusWidth, statusWidth)
    readonly property real changedX: from(width - menuWidth - changedWidth, changedWidth)

    // Where something begins that stands so far from the side where reading begins.
    function from(start: real, extent: real): real {
        return mirrored ? width - start - extent : start;
    }
}
