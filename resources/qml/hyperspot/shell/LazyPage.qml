import QtQuick

// A page that is made when it is first shown, and then kept: the window starts with one page, not with all.
// Where the pages lie hidden (the window is locked), none is kept: they may hold words in their fields.
Loader {
    property bool shown: false
    property bool wanted: false
    readonly property bool hidden: parent !== null && !parent.visible

    active: wanted && !hidden
    // It appears when it is whole: pages take the focus then.
    visible: shown && status === Loader.Ready
    focus: shown
    onHiddenChanged: wanted = shown
    onShownChanged: wanted = wanted || shown
    Component.onCompleted: wanted = wanted || shown
}
